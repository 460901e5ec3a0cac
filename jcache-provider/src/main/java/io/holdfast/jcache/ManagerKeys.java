package io.holdfast.jcache;

import io.holdfast.encryption.EncryptionException;
import io.holdfast.encryption.ValueKeys;
import javax.cache.CacheException;
import org.jspecify.annotations.Nullable;

/** The keys of one manager's caches, had when the first cache asks. Guarded by the manager's lock. */
final class ManagerKeys implements AutoCloseable {
  private final KeySource source;
  private @Nullable ValueKeys opened;

  ManagerKeys(KeySource source) {
    this.source = source;
  }

  /**
   * The keys that encrypt the values of a cache, its own or those of all; null for values in plain.
   *
   * @throws EncryptionException if they cannot be had
   */
  @Nullable
  ValueKeys keysOf(
      HoldfastConfiguration<?, ?> configuration,
      CacheLimits limits,
      @Nullable ClassLoader classLoader) {
    if (!limits.persistent()) {
      return null; // nothing of it is ever written
    }
    ValueKeys own = configuration.valueKeys();
    if (own != null) {
      return own;
    }
    if (configuration.isEncrypted()) {
      throw new EncryptionException(
          "The configuration asks for encrypted values, and its keys were lost"
              + " when it was serialised; build it anew with encryptedWith");
    }
    if (opened == null) {
      opened = source.open(classLoader);
    }
    return opened;
  }

  /** Closes what was made of a class, if it wants to be closed. */
  @Override
  public void close() {
    if (opened instanceof AutoCloseable closeable) {
      try {
        closeable.close();
      } catch (Exception e) {
        throw new CacheException("The provider of keys could not be closed", e);
      }
    }
  }
}
