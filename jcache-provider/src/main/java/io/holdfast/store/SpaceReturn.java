package io.holdfast.store;

import java.sql.SQLException;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Gives pages that clear, drop and eviction left free back to the file system, in steps so short that
 * no writer waits long. Some are kept: new entries would ask for them again.
 *
 * <p>The file itself becomes shorter at the next checkpoint.
 *
 * @see <a href="https://sqlite.org/pragma.html#pragma_incremental_vacuum">incremental_vacuum</a>
 */
final class SpaceReturn {
  // Starts when a quarter of the file is free, ends when a tenth is.
  private static final int STARTS_AT_PERCENT = 25;
  private static final int ENDS_AT_PERCENT = 10;

  /** 1 MB: less is not worth a write. */
  private static final long LEAST_PAGES = 256;

  private static final long STEP_PAGES = 256;
  private static final long BUDGET_NANOS = TimeUnit.MILLISECONDS.toNanos(50);

  private final Writer writer;
  private final LongSupplier nanoClock;
  private boolean isReturning;
  private long commitsSeen = -1;

  SpaceReturn(Writer writer, LongSupplier nanoClock) {
    this.writer = writer;
    this.nanoClock = nanoClock;
  }

  /** Pages of the file now. */
  private record Pages(long all, long free) {
    boolean isFree(int percent) {
      return free >= LEAST_PAGES && free * 100 > all * percent;
    }
  }

  boolean isIdle() {
    return !isReturning;
  }

  /** Does some steps, if there is enough to return; free of cost while this process commits nothing. */
  void run() {
    long commits = writer.commits();
    if (commits == commitsSeen && !isReturning) {
      return;
    }
    commitsSeen = commits;
    long stopAtNanos = nanoClock.getAsLong() + BUDGET_NANOS;
    while (step() && nanoClock.getAsLong() - stopAtNanos < 0) {
      // the next step
    }
  }

  /** As {@link #run}, if that has begun and not ended; else free of cost. */
  void goOn() {
    if (isReturning) {
      run();
    }
  }

  /** Returns every free page, for as long as that takes. */
  void runToTheEnd() {
    Pages before = pages();
    while (before.free() > 0) {
      Pages after = returnSome();
      if (after.free() >= before.free()) {
        return;
      }
      before = after;
    }
  }

  private boolean step() {
    Pages before = pages();
    isReturning = before.isFree(isReturning ? ENDS_AT_PERCENT : STARTS_AT_PERCENT)
        && returnSome().free() < before.free();
    return isReturning;
  }

  // A file without that ability keeps what it has.
  private Pages returnSome() {
    return orNone(writer.transact("return free pages", () -> {
      // Not by a JDBC statement: that steps once, which returns one page.
      writer.connection().getDatabase()._exec("PRAGMA incremental_vacuum(" + STEP_PAGES + ")");
      writer.journal().wroteNoRow();
      return read();
    }));
  }

  private Pages pages() {
    return orNone(writer.outsideTransaction("count free pages", this::read));
  }

  private static Pages orNone(@Nullable Pages pages) {
    return pages == null ? new Pages(0, 0) : pages;
  }

  private Pages read() throws SQLException {
    return new Pages(
        Pragmas.readLong(writer.connection(), "PRAGMA page_count"),
        Pragmas.readLong(writer.connection(), "PRAGMA freelist_count"));
  }
}
