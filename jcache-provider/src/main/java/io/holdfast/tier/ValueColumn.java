package io.holdfast.tier;

import io.holdfast.encryption.ValueCipher;
import io.holdfast.encryption.ValueKeys;
import io.holdfast.store.Cell;
import io.holdfast.store.StoredEntry;
import org.jspecify.annotations.Nullable;

/** What stands in the value column for what the codec wrote: that itself, or that encrypted. */
interface ValueColumn {

  /** The codec's cell itself. */
  ValueColumn PLAIN = new ValueColumn() {
    @Override
    public Cell write(Cell plain, Cell key, long version) {
      return plain;
    }

    @Override
    public Cell read(StoredEntry entry) {
      return entry.value();
    }
  };

  /** As the cache of this name is configured. */
  static ValueColumn of(
      TierConfiguration<?, ?> configuration, String cacheName, TierCounters counters) {
    ValueKeys keys = configuration.valueKeys();
    return keys == null
        ? PLAIN
        : new EncryptedColumn(new ValueCipher(keys, cacheName), cacheName, counters.unreadable);
  }

  /**
   * The column for a value in the row of this key and version.
   *
   * @throws io.holdfast.encryption.EncryptionException if it cannot be encrypted
   */
  Cell write(Cell plain, Cell key, long version);

  /** What the codec wrote, or null if nobody can tell now. */
  @Nullable
  Cell read(StoredEntry entry);
}
