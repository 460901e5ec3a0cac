package io.holdfast.store;

import org.jspecify.annotations.Nullable;

/**
 * Counters of one cache file since it was opened, and its sizes now.
 *
 * @param reads rows looked up
 * @param commits transactions committed
 * @param checkpoints checkpoints that moved frames
 * @param busyRetries times a lock of another process made a writer wait
 * @param fileBytes size of the database file
 * @param walBytes size of the write-ahead log
 * @param openReaders reader connections open
 * @param activeReaders reader connections in use at this moment
 * @param bufferedWrites acknowledged writes that are not in the file yet; 0 unless durability is relaxed
 * @param bufferedAccesses rows whose last use is not in the file yet; lost at a kill
 * @param backgroundFailures times such writes could not be written; they are tried again
 * @param foreignCommits commits of other processes that were noticed; one at least for those that went
 *     by unexplained
 * @param forgottenCopies copies of rows in memory that were dropped because of them
 * @param waitingWriters threads that wait for the one that writes now
 * @param readLatency of reads, one of sixteen being measured; waiting for a connection included
 * @param commitLatency of transactions that changed something; waiting for other writers included
 */
public record StoreStatistics(
    long reads,
    long commits,
    long checkpoints,
    long busyRetries,
    long fileBytes,
    long walBytes,
    int openReaders,
    int activeReaders,
    long bufferedWrites,
    long bufferedAccesses,
    long backgroundFailures,
    long foreignCommits,
    long forgottenCopies,
    int waitingWriters,
    LatencyFigures readLatency,
    LatencyFigures commitLatency) {

  /** Before anything has happened. */
  public static final StoreStatistics NONE = new StoreStatistics(
      0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, LatencyFigures.NONE, LatencyFigures.NONE);

  /** These sizes, and the counters of both; null for none. */
  StoreStatistics withCountersOf(@Nullable StoreStatistics earlier) {
    if (earlier == null) {
      return this;
    }
    return new StoreStatistics(
        reads + earlier.reads,
        commits + earlier.commits,
        checkpoints + earlier.checkpoints,
        busyRetries + earlier.busyRetries,
        fileBytes,
        walBytes,
        openReaders,
        activeReaders,
        bufferedWrites,
        bufferedAccesses,
        backgroundFailures + earlier.backgroundFailures,
        foreignCommits + earlier.foreignCommits,
        forgottenCopies + earlier.forgottenCopies,
        waitingWriters,
        readLatency,
        commitLatency);
  }
}
