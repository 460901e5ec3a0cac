package io.holdfast.tier;

import io.holdfast.encryption.ValueCipher;
import io.holdfast.store.Cell;
import io.holdfast.store.StoredEntry;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.LongAdder;
import org.jspecify.annotations.Nullable;

/** Encrypts values, and counts those that cannot be decrypted. */
final class EncryptedColumn implements ValueColumn {
  private static final Logger LOGGER = System.getLogger(EncryptedColumn.class.getName());

  private final ValueCipher cipher;
  private final String cacheName;
  private final LongAdder unreadable;
  private final AtomicBoolean isTold = new AtomicBoolean();

  EncryptedColumn(ValueCipher cipher, String cacheName, LongAdder unreadable) {
    this.cipher = cipher;
    this.cacheName = cacheName;
    this.unreadable = unreadable;
  }

  @Override
  public Cell write(Cell plain, Cell key, long version) {
    return cipher.encrypt(plain, key, version);
  }

  @Override
  public @Nullable Cell read(StoredEntry entry) {
    Cell plain = cipher.decrypt(entry.value(), entry.key(), entry.version());
    if (plain == null) {
      unreadable.increment();
      if (isTold.compareAndSet(false, true)) {
        LOGGER.log(
            Level.WARNING,
            () -> "Entries of cache '" + cacheName
                + "' cannot be decrypted and count as absent: their"
                + " key is not known here, or their rows were changed or moved");
      }
    }
    return plain;
  }
}
