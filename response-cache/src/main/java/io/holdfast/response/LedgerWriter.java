package io.holdfast.response;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

/** Writes down every few minutes, and at the end, what has been counted since the last time. */
final class LedgerWriter implements AutoCloseable {

  private final Path file;
  private final String cache;
  private final Counters counters;
  private final InstantSource clock;
  private final OnceLog log;
  private final ScheduledExecutorService thread;
  private Map<Account, AccountStatistics> written = new HashMap<>();
  private long writtenAtMillis;

  LedgerWriter(
      Path file,
      Duration interval,
      String cache,
      Counters counters,
      InstantSource clock,
      OnceLog log) {
    this.file = file;
    this.cache = cache;
    this.counters = counters;
    this.clock = clock;
    this.log = log;
    this.writtenAtMillis = clock.millis();
    this.thread = Executors.newSingleThreadScheduledExecutor(task -> {
      var daemon = new Thread(task, "holdfast-response-ledger-" + cache);
      daemon.setDaemon(true);
      daemon.setContextClassLoader(null);
      return daemon;
    });
    long nanos = interval.toNanos();
    var unused = thread.scheduleWithFixedDelay(this::write, nanos, nanos, TimeUnit.NANOSECONDS);
  }

  /** What cannot be written is kept for the next time. */
  synchronized void write() {
    Map<Account, AccountStatistics> now = counters.accounts();
    long nowMillis = clock.millis();
    List<LedgerEntry> entries = new ArrayList<>();
    now.forEach((account, counts) -> {
      AccountStatistics since = counts.since(written.getOrDefault(account, AccountStatistics.NONE));
      if (since.answered() + since.failures() > 0) {
        entries.add(new LedgerEntry(writtenAtMillis, nowMillis, cache, account, since));
      }
    });
    try {
      if (!entries.isEmpty()) {
        Ledger.append(file, entries);
      }
      written = now;
      writtenAtMillis = nowMillis;
    } catch (IOException | RuntimeException e) {
      log.warn(
          "ledger",
          () ->
              "response cache " + cache + ": cannot write the ledger " + file + "; will try again",
          e);
    }
  }

  @Override
  public void close() {
    thread.shutdownNow();
    write();
  }
}
