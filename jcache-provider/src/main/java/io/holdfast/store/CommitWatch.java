package io.holdfast.store;

import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.LongAdder;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/** Tells the caches of one file what other processes have committed. */
final class CommitWatch {
  private static final Logger logger = System.getLogger(CommitWatch.class.getName());

  private final CommitSource source;
  private final ReentrantLock looking = new ReentrantLock();
  private final Map<Long, ForeignChanges> listeners = new ConcurrentHashMap<>();
  private final LongAdder foreignCommits = new LongAdder();
  private final LongAdder unexplained = new LongAdder();
  private final LongAdder forgottenCopies = new LongAdder();
  private volatile @Nullable CommitPoller poller;

  CommitWatch(CommitSource source) {
    this.source = source;
  }

  /** Looks from time to time by itself; only the first call counts. */
  void pollWith(CommitPoller wanted) {
    poller = wanted;
  }

  /** Tells this one from now on what changes in a cache; instead of who was told before. */
  EntryTable.Hearing listen(long cacheId, ForeignChanges listener) {
    listeners.put(cacheId, listener);
    attend();
    return new EntryTable.Hearing() {
      @Override
      public void attend() {
        CommitWatch.this.attend();
      }

      @Override
      public void close() {
        listeners.remove(cacheId, listener);
      }
    };
  }

  /** Wakes the poller, which sleeps while no listener is interested. */
  private void attend() {
    CommitPoller running = poller;
    if (running != null) {
      running.attend();
    }
  }

  boolean isAnyoneInterested() {
    for (ForeignChanges listener : listeners.values()) {
      if (listener.isInterested()) {
        return true;
      }
    }
    return false;
  }

  /**
   * Returns when the listeners have been told of everything that was acknowledged before the call.
   * Nanoseconds if nothing was.
   */
  void catchUp() {
    if (!source.isCurrent()) {
      look();
    }
  }

  /** As {@link #catchUp}, and sees to commits that were announced and are not confirmed. */
  void settle() {
    if (!source.isSettled()) {
      look();
    }
  }

  private void look() {
    if (looking.isHeldByCurrentThread()) {
      return; // a listener that reads
    }
    looking.lock();
    try {
      CommitSource.News news = source.look();
      foreignCommits.add(news.commits());
      if (news.isExplained()) {
        tellOfRows(news);
      } else {
        unexplained.increment();
        listeners.values().forEach(this::tellOfEverything);
      }
      source.acted();
    } finally {
      looking.unlock();
    }
  }

  private void tellOfRows(CommitSource.News news) {
    news.rowIds().forEach((cacheId, rowIds) -> {
      ForeignChanges listener = listeners.get(cacheId);
      if (listener != null) {
        try {
          forgottenCopies.add(rowIds.tell(listener));
        } catch (RuntimeException e) {
          logger.log(Level.WARNING, () -> "Rows could not be forgotten one by one", e);
          tellOfEverything(listener);
        }
      }
    });
  }

  private void tellOfEverything(ForeignChanges listener) {
    try {
      forgottenCopies.add(listener.everythingChanged());
    } catch (RuntimeException e) {
      logger.log(Level.ERROR, () -> "Copies of rows could not be forgotten; some may be old", e);
    }
  }

  /** Commits of other processes that were heard of. */
  long foreignCommits() {
    return foreignCommits.sum();
  }

  /** Copies that listeners dropped. */
  long forgottenCopies() {
    return forgottenCopies.sum();
  }

  /** Looks that found a commit which left no word of what it changed. */
  long unexplained() {
    return unexplained.sum();
  }
}
