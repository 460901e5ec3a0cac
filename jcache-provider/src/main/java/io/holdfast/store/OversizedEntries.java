package io.holdfast.store;

import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.nio.file.Path;
import java.util.List;

/** Deletes entries that are too large to be read: another program wrote them, or the limit was higher then. */
final class OversizedEntries {
  private static final Logger logger = System.getLogger(OversizedEntries.class.getName());

  private final Path file;
  private final Writer writer;
  private final CacheShares caches;

  OversizedEntries(Path file, Writer writer, CacheShares caches) {
    this.file = file;
    this.writer = writer;
    this.caches = caches;
  }

  /**
   * Deletes them from all caches of the file; looks at each row, and reads none.
   *
   * @return how many there were
   */
  int delete(EntryLimit limit) {
    Deleted deleted = writer.transact(
        "delete oversized entries",
        () -> {
          List<CacheShare> shares = caches.read();
          int entries = 0;
          for (CacheShare cache : shares) {
            entries += cache.deleteOversized(limit.maxBytes());
          }
          return entries == 0 ? null : new Deleted(shares, entries);
        },
        done -> done.caches().forEach(cache -> cache.committed(List.of())));
    if (deleted == null) {
      return 0;
    }
    logger.log(
        Level.WARNING,
        () -> deleted.entries() + " entries of " + file + " were deleted: each was larger than "
            + limit.maxBytes() + " bytes (holdfast.entry.bytes)");
    return deleted.entries();
  }

  private record Deleted(List<CacheShare> caches, int entries) {}
}
