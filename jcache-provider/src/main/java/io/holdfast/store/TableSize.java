package io.holdfast.store;

/**
 * How much a table holds.
 *
 * @param entries rows, dead ones that are not swept yet included
 * @param payloadBytes bytes of keys and values
 */
public record TableSize(long entries, long payloadBytes) {}
