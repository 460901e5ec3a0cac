package io.holdfast.store;

import java.io.IOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** How the processes that share one file tell each other what they change. */
final class SharedChanges implements AutoCloseable {
  private static final Logger logger = System.getLogger(SharedChanges.class.getName());
  private static final long WAKE_UP_NANOS = TimeUnit.MILLISECONDS.toNanos(2);

  private final Path file;
  private final @Nullable ChangeRing ring;
  private final CommitWatch watch;
  private volatile @Nullable CommitPoller poller;

  private SharedChanges(Path file, @Nullable ChangeRing ring, CommitWatch watch) {
    this.file = file;
    this.ring = ring;
    this.watch = watch;
  }

  /** Starts before this process commits anything that others may want to know. */
  static SharedChanges open(Path file, Writer writer, @Nullable WalIndex index) {
    if (index == null) {
      return new SharedChanges(
          file, null, new CommitWatch(new PolledCommits(() -> dataVersion(writer))));
    }
    ChangeRing ring = openRing(file, writer, index);
    writer.journal().publishTo(index::commits, ring);
    CommitSource source = new MappedCommits(
        index::commits, ring, writer.journal(), () -> clean(ring, writer, index), System::nanoTime);
    return new SharedChanges(file, ring, new CommitWatch(source));
  }

  private static long dataVersion(Writer writer) {
    Long version = writer.outsideTransaction(
        "look for commits", () -> Pragmas.readLong(writer.connection(), "PRAGMA data_version"));
    return version == null ? 0 : version;
  }

  private static ChangeRing openRing(Path file, Writer writer, WalIndex index) {
    ChangeRing[] opened = {ChangeRing.ofThisProcess()};
    underWriteLock(writer, () -> {
      try {
        opened[0] = ChangeRing.open(file, index.commits());
      } catch (IOException | UnsupportedOperationException e) {
        logger.log(
            Level.WARNING,
            () -> "The changes of " + file + " cannot be shared with other processes in detail;"
                + " each commit of theirs empties the heap tiers of this one",
            e);
      }
    });
    return opened[0];
  }

  private static void clean(ChangeRing ring, Writer writer, WalIndex index) {
    underWriteLock(writer, () -> ring.forgetAllBut(index.commits()));
  }

  // A transaction that is rolled back: nothing is to change but the memory that the lock guards.
  private static void underWriteLock(Writer writer, Runnable work) {
    writer.<Boolean>transact("share changes", () -> {
      work.run();
      return null;
    });
  }

  CommitWatch watch() {
    return watch;
  }

  /** Has a thread look so often that it hears of each commit within this time. */
  synchronized void poll(Duration maxDelay) {
    long pauseNanos = pauseNanos(maxDelay);
    CommitPoller running = poller;
    if (running == null) {
      CommitPoller started = new CommitPoller(file, watch, pauseNanos);
      poller = started;
      watch.pollWith(started);
      started.start();
    } else {
      running.hurryTo(pauseNanos);
    }
  }

  /** As {@link CommitWatch#isIdle}; never, while no thread looks, as then nobody hears of reads. */
  boolean isIdle() {
    return poller != null && watch.isIdle();
  }

  // The thread's wake-up and its work must fit in too; they take no longer when
  // the delay is long. And each wake-up less is what an idle process saves.
  private static long pauseNanos(Duration maxDelay) {
    return Math.max(maxDelay.toNanos() / 2, maxDelay.toNanos() - WAKE_UP_NANOS);
  }

  /** Stops watching, before the writer is closed. */
  @Override
  public synchronized void close() {
    if (poller != null) {
      poller.close();
    }
    try {
      if (ring != null) {
        ring.close();
      }
    } catch (IOException e) {
      logger.log(Level.DEBUG, () -> "The shared changes of " + file + " did not close", e);
    }
  }
}
