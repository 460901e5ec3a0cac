package io.holdfast.store;

import java.util.Arrays;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentSkipListMap;
import org.jspecify.annotations.Nullable;

/**
 * State that moves with its cache to another file: a serialiser that knows the id of a class will not ask
 * for it again, so the next file must have it before the first row that uses it.
 */
final class RenewableState implements StateTable {
  private final RenewableFile file;
  private final String cacheName;
  private final Map<String, Map<byte[], byte[]>> known = new ConcurrentHashMap<>();

  RenewableState(RenewableFile file, String cacheName) {
    this.file = file;
    this.cacheName = cacheName;
  }

  /** Writes all that anybody here has been told. */
  void copyTo(StateTable next) {
    known.forEach((holder, values) -> values.forEach((key, value) -> {
      byte[] other = next.putIfAbsent(holder, key, value);
      if (other != null && !Arrays.equals(other, value)) {
        throw new IllegalStateException("The cache " + cacheName
            + " has other serialiser state in the file that took the place of the one before;"
            + " close the cache and open it again");
      }
    }));
  }

  @Override
  public byte @Nullable [] get(String holder, byte[] key) {
    byte[] value = file.<Optional<byte[]>>run(
            open -> Optional.ofNullable(open.state(cacheName).get(holder, key)))
        .orElse(null);
    if (value != null) {
      remember(holder, key, value);
    }
    return value;
  }

  @Override
  public byte @Nullable [] putIfAbsent(String holder, byte[] key, byte[] value) {
    byte[] present = file.<Optional<byte[]>>run(
            open -> Optional.ofNullable(open.state(cacheName).putIfAbsent(holder, key, value)))
        .orElse(null);
    remember(holder, key, present == null ? value : present);
    return present;
  }

  @Override
  public boolean remove(String holder, byte[] key, byte[] value) {
    boolean removed = file.run(open -> open.state(cacheName).remove(holder, key, value));
    if (removed) {
      values(holder).remove(key);
    }
    return removed;
  }

  @Override
  public Map<byte[], byte[]> entries(String holder) {
    Map<byte[], byte[]> entries = file.run(open -> open.state(cacheName).entries(holder));
    entries.forEach((key, value) -> remember(holder, key, value));
    return entries;
  }

  private void remember(String holder, byte[] key, byte[] value) {
    values(holder).put(key.clone(), value.clone());
  }

  private Map<byte[], byte[]> values(String holder) {
    return known.computeIfAbsent(
        holder, name -> new ConcurrentSkipListMap<>(Arrays::compareUnsigned));
  }
}
