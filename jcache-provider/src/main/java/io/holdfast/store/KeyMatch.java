package io.holdfast.store;

import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Tells whether a stored key column is the key of a change, without calling user code.
 *
 * <p>A canonical key compares columns. An opaque key can only be compared by its class, which must
 * not run inside a transaction: its answers are collected before, by column, and looked up inside. A
 * column that turns up in between has no answer yet, so the transaction is rolled back and tried anew.
 */
final class KeyMatch {
  private final StoredKey key;
  private final Bucket bucket;
  private final Map<Cell, Boolean> answers = new HashMap<>();

  /** How a stored column relates to the key. */
  enum Answer {
    SAME,
    OTHER,
    UNKNOWN
  }

  KeyMatch(StoredKey key, Bucket bucket) {
    this.key = key;
    this.bucket = bucket;
  }

  StoredKey key() {
    return key;
  }

  Bucket bucket() {
    return bucket;
  }

  boolean isOpaque() {
    return key instanceof StoredKey.Opaque;
  }

  /** Asks the key's class, with no lock held and no transaction open. */
  void learn(Iterable<Cell> columns) {
    if (key instanceof StoredKey.Opaque opaque) {
      for (Cell column : columns) {
        answers.computeIfAbsent(column, unknown -> opaque.sameKey().test(unknown));
      }
    }
  }

  Answer compare(Cell stored) {
    @Nullable
    Boolean same =
        isOpaque() ? answers.get(stored) : Boolean.valueOf(key.column().equals(stored));
    if (same == null) {
      return Answer.UNKNOWN;
    }
    return same ? Answer.SAME : Answer.OTHER;
  }
}
