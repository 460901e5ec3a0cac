package io.holdfast.schema;

import org.jspecify.annotations.Nullable;

/**
 * Why a reading is taken, which is what its drifts are put down to.
 *
 * @param suspects whose structure a statement of ours may have changed
 * @param statementKind the first word of that statement, or null if unknown
 * @param onlyTable the only table that is asked about, or null for all
 * @param anew whether to read every table, whatever the stamps say
 */
record Cause(
    Suspects suspects,
    @Nullable String statementKind,
    @Nullable TableName onlyTable,
    boolean anew) {

  /** To see whether anything changed. */
  static final Cause LOOKING = new Cause(Suspects.NONE, null, null, /* anew= */ false);

  /** To read everything anew. */
  static final Cause ANEW = new Cause(Suspects.NONE, null, null, /* anew= */ true);

  /** To see whether this table changed. */
  static Cause verifying(TableName table) {
    return new Cause(Suspects.NONE, null, table, /* anew= */ false);
  }

  /** A statement of ours may have changed these. */
  static Cause settling(Suspects suspects, @Nullable String statementKind) {
    return new Cause(suspects, statementKind, null, /* anew= */ false);
  }

  /** Whether one reading serves everybody who asks for this before it begins. */
  boolean isShared() {
    return suspects.isEmpty() && !anew;
  }
}
