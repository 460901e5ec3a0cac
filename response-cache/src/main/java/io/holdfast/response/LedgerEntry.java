package io.holdfast.response;

/**
 * What happened in one account of one response cache in some minutes.
 *
 * @param fromMillis since when, Unix milliseconds
 * @param toMillis until when
 * @param cache the name of the response cache
 * @param account which account
 * @param counts what was counted in that time
 */
public record LedgerEntry(
    long fromMillis, long toMillis, String cache, Account account, AccountStatistics counts) {}
