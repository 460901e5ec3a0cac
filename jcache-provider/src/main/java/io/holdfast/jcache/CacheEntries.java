package io.holdfast.jcache;

import io.holdfast.tier.SqliteFileService;
import java.util.Objects;
import java.util.function.BiConsumer;
import java.util.function.BooleanSupplier;

/** The entries in the file of one cache, for its users. */
final class CacheEntries<K, V> implements StoredEntries<K, V> {
  private final String name;
  private final BackingCache<K, V> backing;
  private final SqliteFileService file;
  private final BooleanSupplier isClosed;

  CacheEntries(
      String name, BackingCache<K, V> backing, SqliteFileService file, BooleanSupplier isClosed) {
    this.name = name;
    this.backing = backing;
    this.file = file;
    this.isClosed = isClosed;
  }

  @Override
  public void forEachCreatedSince(long sinceMillis, BiConsumer<? super K, ? super V> visitor) {
    Objects.requireNonNull(visitor, "visitor");
    if (isClosed.getAsBoolean()) {
      throw new IllegalStateException("Cache '" + name + "' is closed");
    }
    backing.guarded("read entries", () -> {
      file.showCreated(
          name,
          sinceMillis,
          (key, value) -> visitor.accept(backing.handOutKey(key), backing.handOutValue(value)));
      return true;
    });
  }
}
