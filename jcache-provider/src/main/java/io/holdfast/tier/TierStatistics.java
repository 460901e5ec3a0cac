package io.holdfast.tier;

/**
 * Counters of one cache's tier since the cache was opened, and its sizes now. Look-ups that the heap
 * tier answers do not reach this tier and are not counted.
 *
 * @param hits look-ups that found an entry in the file
 * @param misses look-ups that found none
 * @param puts entries written
 * @param removals entries removed by the user
 * @param evictions entries evicted to keep the limits
 * @param expirations entries found or swept dead
 * @param entries rows now
 * @param bytes bytes of keys and values now
 * @param failures operations that failed because of the file
 * @param unreadable how often a row was met whose value could not be decrypted; it counted as absent
 */
public record TierStatistics(
    long hits,
    long misses,
    long puts,
    long removals,
    long evictions,
    long expirations,
    long entries,
    long bytes,
    long failures,
    long unreadable) {}
