package io.holdfast.store;

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
 */
public record StoreStatistics(
    long reads,
    long commits,
    long checkpoints,
    long busyRetries,
    long fileBytes,
    long walBytes,
    int openReaders,
    int activeReaders) {}
