package io.holdfast.store;

import java.util.List;

/**
 * What an acknowledged key has to become in the file.
 *
 * @param order when its first change came, among all of its cache
 * @param newestOrder when its last change came
 * @param sinceNanos the same as {@link System#nanoTime}
 * @param newest the last change, a put or a delete
 * @param afterDelete whether the row goes before the put, so that the new one is younger
 */
record PendingWrite(
    long order, long newestOrder, long sinceNanos, Change newest, boolean afterDelete) {

  /** A first change. */
  static PendingWrite first(Change change, long order, long nowNanos) {
    return new PendingWrite(order, order, nowNanos, change, /* afterDelete= */ false);
  }

  /** What is left to write once a later change of the same key came. */
  PendingWrite then(Change later, long laterOrder) {
    if (!(later instanceof Change.Put put)) {
      return changed(later, laterOrder, /* startsAnew= */ false);
    }
    boolean startsAnew =
        !(newest instanceof Change.Put before) || before.expiresAtMillis() <= put.createdAtMillis();
    if (startsAnew) {
      return changed(put, laterOrder, /* startsAnew= */ true);
    }
    return changed(
        createdAt(put, ((Change.Put) newest).createdAtMillis()), laterOrder, afterDelete);
  }

  /** As above, for changes that came while this one was on its way to the file and did not arrive. */
  PendingWrite then(PendingWrite later) {
    return later.afterDelete()
        ? changed(later.newest(), later.newestOrder(), /* startsAnew= */ true)
        : then(later.newest(), later.newestOrder());
  }

  private PendingWrite changed(Change change, long changeOrder, boolean startsAnew) {
    return new PendingWrite(order, changeOrder, sinceNanos, change, startsAnew);
  }

  // An update keeps the creation time, as it does in the file.
  private static Change.Put createdAt(Change.Put put, long createdAtMillis) {
    return new Change.Put(
        put.key(),
        put.value(),
        put.version(),
        createdAtMillis,
        put.expiresAtMillis(),
        put.expectation());
  }

  List<Change> changes() {
    return afterDelete
        ? List.of(new Change.Delete(newest.key(), Change.Expectation.ANY), newest)
        : List.of(newest);
  }
}
