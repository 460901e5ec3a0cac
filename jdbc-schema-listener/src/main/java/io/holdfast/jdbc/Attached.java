package io.holdfast.jdbc;

/**
 * A physical connection's tie to the watch of its database.
 *
 * @param ledger what the connection did
 * @param release gives back the lease on the watched database; may run more than once
 */
record Attached(Ledger ledger, Runnable release) {}
