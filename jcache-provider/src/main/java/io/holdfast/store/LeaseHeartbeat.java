package io.holdfast.store;

import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.LongSupplier;

/** Prolongs the leases that this process holds, long before they run out. */
final class LeaseHeartbeat {
  static final long BEAT_MILLIS = 200;

  private static final String RENEW = """
      UPDATE lease SET expires_at_ms = ?
      WHERE cache_id = (SELECT id FROM cache WHERE name = ?) AND row_id = ? AND token = ?
      """;

  private final Writer writer;
  private final LongSupplier clockMillis;
  private final Map<Lease, Long> expiries = new ConcurrentHashMap<>();
  private volatile Runnable whenNeeded = () -> {};

  /** A lease of this process. */
  record Lease(String cacheName, long rowId, long token, long leaseMillis) {}

  LeaseHeartbeat(Writer writer, LongSupplier clockMillis) {
    this.writer = writer;
    this.clockMillis = clockMillis;
  }

  /** Has this run after each lease that is to be kept. */
  void wakeWith(Runnable call) {
    whenNeeded = call;
  }

  boolean isIdle() {
    return expiries.isEmpty();
  }

  void keep(Lease lease) {
    expiries.put(lease, clockMillis.getAsLong() + lease.leaseMillis());
    whenNeeded.run();
  }

  void forget(String cacheName, long rowId, long token) {
    expiries
        .keySet()
        .removeIf(lease -> lease.token() == token
            && lease.rowId() == rowId
            && lease.cacheName().equals(cacheName));
  }

  /** Prolongs what has used up a third of its time; one transaction for all. */
  void beat() {
    long nowMillis = clockMillis.getAsLong();
    Map<Lease, Long> due = new HashMap<>();
    expiries.forEach((lease, expiresAtMillis) -> {
      if (expiresAtMillis - nowMillis <= lease.leaseMillis() * 2 / 3) {
        due.put(lease, expiresAtMillis);
      }
    });
    if (due.isEmpty()) {
      return;
    }
    Map<Lease, Long> renewed = writer.transact("renew leases", () -> renew(due.keySet()));
    due.forEach((lease, before) -> {
      Long expiresAtMillis = renewed == null ? null : renewed.get(lease);
      if (expiresAtMillis == null) {
        expiries.remove(lease);
      } else {
        expiries.computeIfPresent(lease, (same, old) -> expiresAtMillis);
      }
    });
  }

  private Map<Lease, Long> renew(Iterable<Lease> due) throws SQLException {
    PreparedStatement statement = writer.statement(RENEW);
    Map<Lease, Long> renewed = new HashMap<>();
    for (Lease lease : due) {
      // Read in the transaction, which may have waited for its turn.
      long expiresAtMillis = clockMillis.getAsLong() + lease.leaseMillis();
      statement.setLong(1, expiresAtMillis);
      statement.setString(2, lease.cacheName());
      statement.setLong(3, lease.rowId());
      statement.setLong(4, lease.token());
      if (statement.executeUpdate() > 0) {
        renewed.put(lease, expiresAtMillis);
      }
    }
    writer.journal().wroteNoRow();
    return renewed;
  }
}
