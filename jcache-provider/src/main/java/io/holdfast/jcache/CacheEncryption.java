package io.holdfast.jcache;

import io.holdfast.encryption.Rotation;
import io.holdfast.encryption.ValueKeys;
import java.util.Map;
import java.util.function.Supplier;

/** The encryption of one cache, for its users. */
final class CacheEncryption implements Encryption {
  private final String cacheName;
  private final ValueKeys keys;
  private final Supplier<Rotation> rotation;

  /**
   * Of an open cache.
   *
   * @param rotation asked each time, as the cache may move to another file
   */
  CacheEncryption(String cacheName, ValueKeys keys, Supplier<Rotation> rotation) {
    this.cacheName = cacheName;
    this.keys = keys;
    this.rotation = rotation;
  }

  @Override
  public Map<String, Long> rowsByKeyId() {
    try {
      return rotation.get().rowsByKeyId();
    } catch (RuntimeException e) {
      throw Failures.translate("count keys", cacheName, e);
    }
  }

  @Override
  public Renewal renew() {
    try {
      Rotation.Renewal done = rotation.get().renew(keys, soFar -> {});
      return new Renewal(done.renewed(), done.unreadable());
    } catch (RuntimeException e) {
      throw Failures.translate("encrypt values anew", cacheName, e);
    }
  }
}
