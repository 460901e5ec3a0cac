package io.holdfast.tier;

import io.holdfast.codec.Codec;
import io.holdfast.codec.CodecException;
import io.holdfast.store.Cell;
import io.holdfast.store.StoredEntry;
import org.jspecify.annotations.Nullable;

/** A row that was read, its value decoded when somebody asks. Confined to one thread. */
final class Row<V> {
  private final StoredEntry entry;
  private final long expiresAtMillis;
  private final long idleUntilMillis;
  private final ValueColumn column;
  private final Codec<V> codec;
  private boolean isRead;
  private @Nullable Cell cell;
  private @Nullable V decoded;

  Row(
      StoredEntry entry,
      long expiresAtMillis,
      long idleUntilMillis,
      ValueColumn column,
      Codec<V> codec) {
    this.entry = entry;
    this.expiresAtMillis = expiresAtMillis;
    this.idleUntilMillis = idleUntilMillis;
    this.column = column;
    this.codec = codec;
  }

  long version() {
    return entry.version();
  }

  long rowId() {
    return entry.rowId();
  }

  /** When the row dies if nobody uses it: it expires, or was unused for too long. */
  long diesAtMillis() {
    return Math.min(expiresAtMillis, idleUntilMillis);
  }

  /** When the policy lets it expire, accesses counted that are not in the file yet. */
  long expiresAtMillis() {
    return expiresAtMillis;
  }

  long fileExpiresAtMillis() {
    return entry.expiresAtMillis();
  }

  /** Whether the value was written when a class in it had another shape: then it counts as absent. */
  boolean isOutdated() {
    Cell written = cell();
    return decoded == null && written != null && !codec.isCurrent(written);
  }

  /**
   * Whether the value cannot be decrypted. Then it counts as absent, but the row stays until somebody
   * overwrites it or it expires: its key may come back.
   */
  boolean isUnreadable() {
    return cell() == null;
  }

  private @Nullable Cell cell() {
    if (!isRead) {
      cell = column.read(entry);
      isRead = true;
    }
    return cell;
  }

  private V decode() {
    Cell written = cell();
    if (written == null) {
      throw new CodecException("A value cannot be decrypted");
    }
    return codec.decode(written);
  }

  /** The value, the same instance at each call. */
  V value() {
    V value = decoded;
    if (value == null) {
      value = decode();
      decoded = value;
    }
    return value;
  }

  /** The value as nobody else holds it. */
  V ownValue() {
    return codec.isImmutable() ? value() : decode();
  }

  /** Decodes now, so that what fails fails here. */
  RowHolder<V> holder() {
    return holder(expiresAtMillis, entry.lastAccessAtMillis());
  }

  /** For the heap, whose copy lives no longer than this. */
  RowHolder<V> holderUntil(long heapUntilMillis) {
    return holder(Math.min(expiresAtMillis, heapUntilMillis), entry.lastAccessAtMillis());
  }

  RowHolder<V> holder(long newExpiresAtMillis, long accessedAtMillis) {
    V value = value();
    return new RowHolder<>(
        () -> value,
        entry.version(),
        entry.createdAtMillis(),
        newExpiresAtMillis,
        accessedAtMillis);
  }
}
