package io.holdfast.store;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The expired rows of one cache. Whoever asks from time to time asks the file only when it has changed
 * since, or when the row that is the first to expire does.
 */
final class ExpiredRows {
  private final CacheAccess access;
  private final EntryReader reader;
  private volatile @Nullable Outlook outlook;

  /**
   * What was found when nothing was expired.
   *
   * @param commit the newest one then
   * @param nextExpiryMillis when the first row expires; {@link StoredEntry#NEVER} if none does
   */
  private record Outlook(LogPosition commit, long nextExpiryMillis) {}

  ExpiredRows(CacheAccess access, EntryReader reader) {
    this.access = access;
    this.reader = reader;
  }

  /** As {@link EntryTable#expired}. */
  List<StoredEntry> page(long nowMillis, @Nullable StoredEntry after, int limit) {
    Outlook known = outlook;
    if (after == null
        && known != null
        && nowMillis < known.nextExpiryMillis()
        && access.isNewest(known.commit())) {
      return List.of();
    }
    return access.read("read expired entries", session -> {
      List<StoredEntry> expired = reader.expired(session, nowMillis, after, limit);
      LogPosition commit = session.pinned();
      // With an "after" the page may be empty although the one before it was not.
      if (after == null && expired.isEmpty() && commit != null) {
        outlook = new Outlook(commit, reader.nextExpiryMillis(session, nowMillis));
      }
      return expired;
    });
  }
}
