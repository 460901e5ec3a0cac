package io.holdfast.tier;

import io.holdfast.codec.Codec;
import io.holdfast.store.StoredEntry;
import org.jspecify.annotations.Nullable;

/** A row that was read, its value decoded when somebody asks. Confined to one thread. */
final class Row<V> {
  private final StoredEntry entry;
  private final long expiresAtMillis;
  private final long idleUntilMillis;
  private final Codec<V> codec;
  private @Nullable V decoded;

  Row(StoredEntry entry, long expiresAtMillis, long idleUntilMillis, Codec<V> codec) {
    this.entry = entry;
    this.expiresAtMillis = expiresAtMillis;
    this.idleUntilMillis = idleUntilMillis;
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
    return decoded == null && !codec.isCurrent(entry.value());
  }

  /** The value, the same instance at each call. */
  V value() {
    V value = decoded;
    if (value == null) {
      value = codec.decode(entry.value());
      decoded = value;
    }
    return value;
  }

  /** The value as nobody else holds it. */
  V ownValue() {
    return codec.isImmutable() ? value() : codec.decode(entry.value());
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
