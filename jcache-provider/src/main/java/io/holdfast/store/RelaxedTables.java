package io.holdfast.store;

import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/**
 * The tables of one file that acknowledge writes from memory, and the thread that carries these to the
 * file. There are none, and there is no thread, unless the file was opened with {@link
 * Durability#RELAXED}.
 */
final class RelaxedTables implements RelaxedTable.Schedule {
  private final Path path;
  private final @Nullable BackgroundWork background;
  private final Map<String, RelaxedTable> tables = new ConcurrentHashMap<>();
  private final LongAdder failuresOfDropped = new LongAdder();
  private volatile RelaxedBounds bounds;
  private volatile boolean relaxed;

  RelaxedTables(StoreSettings settings, Path path) {
    this.path = path;
    this.bounds = settings.relaxed();
    this.relaxed = settings.durability() == Durability.RELAXED;
    this.background = relaxed ? new BackgroundWork("holdfast-relaxed", path) : null;
  }

  /** What users of the file get to see of this table. */
  EntryTable over(SqliteEntryTable table) {
    if (background == null) {
      return table;
    }
    return tables.computeIfAbsent(
        table.definition().name(),
        name -> new RelaxedTable(table, path, new WriteBuffer(() -> bounds), this));
  }

  /** Takes over what another opening of the file asks for: the stronger durability, the tighter bounds. */
  void require(Durability durability, RelaxedBounds wanted) {
    if (durability == Durability.RELAXED) {
      bounds = bounds.tightest(wanted);
    } else if (relaxed) {
      relaxed = false;
      flush();
    }
  }

  @Override
  public boolean isRelaxed() {
    return relaxed;
  }

  @Override
  public void now(Runnable flush) {
    schedule(flush, 0);
  }

  @Override
  public void inTime(Runnable flush) {
    schedule(flush, bounds.maxDelayMillis() / 2);
  }

  private void schedule(Runnable flush, long delayMillis) {
    if (background != null) {
      background.after(delayMillis, "write what was acknowledged from memory", flush);
    }
  }

  /**
   * Writes what all tables have in memory.
   *
   * @throws StoreException the first failure; the others are tried all the same
   */
  void flush() {
    RuntimeException failure = null;
    for (RelaxedTable table : tables.values()) {
      try {
        table.flush();
      } catch (RuntimeException e) {
        if (failure == null) {
          failure = e;
        } else {
          failure.addSuppressed(e);
        }
      }
    }
    if (failure != null) {
      throw failure;
    }
  }

  /** Drops a cache by means of this, so that nothing is written into it any more. */
  boolean dropping(String cacheName, BooleanSupplier drop) {
    RelaxedTable table = tables.get(cacheName);
    if (table == null) {
      return drop.getAsBoolean();
    }
    boolean dropped = table.dropping(drop);
    tables.remove(cacheName, table);
    failuresOfDropped.add(table.failures());
    return dropped;
  }

  long bufferedWrites() {
    return tables.values().stream().mapToLong(RelaxedTable::bufferedWrites).sum();
  }

  /** How often the thread could not write. */
  long failures() {
    return failuresOfDropped.sum()
        + tables.values().stream().mapToLong(RelaxedTable::failures).sum();
  }

  /** Ends the thread and writes nothing: the file is damaged, and what waits goes into the next one. */
  void abandon() {
    if (background != null) {
      tables.values().forEach(RelaxedTable::stopBuffering);
      background.close();
    }
  }

  /**
   * Writes everything and ends the thread.
   *
   * @throws StoreException if something could not be written, which is lost now
   */
  void close() {
    if (background == null) {
      return;
    }
    tables.values().forEach(RelaxedTable::stopBuffering);
    background.close();
    try {
      flush();
    } catch (StoreException e) {
      throw new StoreException(
          "write " + bufferedWrites() + " acknowledged entries before closing, which are lost,",
          path,
          e);
    }
  }
}
