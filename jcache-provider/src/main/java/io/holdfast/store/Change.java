package io.holdfast.store;

/** One change of one row; a list of them is applied in one transaction by {@link EntryTable#apply}. */
public sealed interface Change {

  StoredKey key();

  /** What the row must look like for the change to happen; checked inside the transaction. */
  Expectation expectation();

  /**
   * Inserts or replaces the row. An existing row keeps its creation time, unless it had expired at
   * {@code createdAtMillis}.
   */
  record Put(
      StoredKey key,
      Cell value,
      long version,
      long createdAtMillis,
      long expiresAtMillis,
      Expectation expectation)
      implements Change {}

  /** Moves the expiry without touching the value, the version or the creation time. */
  record Touch(StoredKey key, long expiresAtMillis, Expectation expectation) implements Change {}

  /**
   * Replaces the value column of a row that is there by another that means the same; the row counts as
   * neither written nor used, and keeps everything else, its version included.
   */
  record Recast(StoredKey key, Cell value, Expectation expectation) implements Change {}

  /** Deletes the row; deleting what is absent is quiet unless a version was expected. */
  record Delete(StoredKey key, Expectation expectation) implements Change {}

  /** The optimistic check that makes a read-compute-write atomic, also across processes. */
  sealed interface Expectation {

    /** Whatever is there. */
    Expectation ANY = new Any();

    /** No row. */
    Expectation ABSENT = new Absent();

    /** Exactly the row that was read with this version. */
    static Expectation version(long version) {
      return new Version(version);
    }

    /**
     * What {@code row} says, and that the key's lease is this holder's; the change ends the lease. If the
     * lease is another's, {@link EntryTable#apply} throws {@link LeaseLostException} and changes nothing.
     */
    static Expectation held(long token, Expectation row) {
      return new Held(token, row);
    }

    record Any() implements Expectation {}

    record Absent() implements Expectation {}

    record Held(long token, Expectation row) implements Expectation {}

    record Version(long version) implements Expectation {}
  }
}
