package io.holdfast.store;

/**
 * Everything a file knows of one entry, to carry it into another file.
 *
 * @param rowId only meant for a file with the same {@link RowIdSeed}
 * @param expiresAtMillis Unix milliseconds; {@link StoredEntry#NEVER} for an entry that does not expire
 * @param lastAccessAtMillis Unix milliseconds of the last noted access, 0 if there was none
 * @param hits how many accesses were noted
 */
public record CarriedRow(
    long rowId,
    Cell key,
    Cell value,
    long version,
    long createdAtMillis,
    long expiresAtMillis,
    long lastAccessAtMillis,
    long hits) {}
