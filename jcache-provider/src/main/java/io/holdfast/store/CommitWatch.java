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
  private volatile boolean isLeftToReaders;
  private volatile Runnable attention = () -> {};

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
    // Its reads were not told. Set before the listeners
    // are gone through, so one of the two is seen.
    if (isLeftToReaders) {
      watchAgain();
    }
    return new EntryTable.Hearing() {
      @Override
      public void attend() {
        CommitWatch.this.attend();
      }

      @Override
      public void catchUp() {
        watchAgain();
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

  /**
   * Leaves the watching to those who read copies, if all can be told and nothing is unsettled.
   *
   * <p>A copy is then never served older than what was acknowledged before its read began. A read that
   * finds no word of this began before the word was there, when all was settled. One that finds it looks
   * before it answers, and takes the word away only when the listeners have acted: whoever finds it gone
   * finds no old copy either. All of that under one lock, or a reader that was held up might take
   * away a later word. So the poller may sleep as long as it likes.
   *
   * @return false if the poller must go on
   */
  boolean leaveToReaders() {
    looking.lock();
    try {
      isLeftToReaders = true;
      for (ForeignChanges listener : listeners.values()) {
        isLeftToReaders &= listener.leaveToReaders();
      }
      isLeftToReaders &= source.canReadersAsk() && source.isSettled();
      if (!isLeftToReaders) {
        listeners.values().forEach(ForeignChanges::watched);
      }
      return isLeftToReaders;
    } finally {
      looking.unlock();
    }
  }

  boolean isLeftToReaders() {
    return isLeftToReaders;
  }

  private void watchAgain() {
    if (looking.isHeldByCurrentThread()) {
      return; // a listener that reads
    }
    looking.lock();
    try {
      if (!source.isSettled()) {
        tellNews();
      }
      isLeftToReaders = false;
      // Even if it was not: a listener may have been told by the watch of an earlier file.
      listeners.values().forEach(ForeignChanges::watched);
    } finally {
      looking.unlock();
    }
    CommitPoller running = poller;
    if (running != null) {
      running.wake();
    }
    attention.run();
  }

  /** Has this run in the first read of a copy that the watching was left to, which fails with it. */
  void requireAttention(Runnable call) {
    attention = call;
  }

  /** Whether a read of a copy, if there is any, comes to {@link #requireAttention} first. */
  boolean isIdle() {
    return source.canReadersAsk() && (isLeftToReaders || !isAnyoneInterested());
  }

  private void look() {
    if (looking.isHeldByCurrentThread()) {
      return; // a listener that reads
    }
    looking.lock();
    try {
      tellNews();
    } finally {
      looking.unlock();
    }
  }

  private void tellNews() {
    CommitSource.News news = source.look();
    foreignCommits.add(news.commits());
    if (news.isExplained()) {
      tellOfRows(news);
    } else {
      unexplained.increment();
      listeners.values().forEach(this::tellOfEverything);
    }
    source.acted();
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
