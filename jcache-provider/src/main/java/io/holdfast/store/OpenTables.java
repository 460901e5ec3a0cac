package io.holdfast.store;

import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/** The caches of one open file that somebody opened, each with one table however often it is opened. */
final class OpenTables {
  private static final Logger logger = System.getLogger(OpenTables.class.getName());

  private final SqliteEntryTable.Parts shared;
  private final CacheCatalog catalog;
  private final RelaxedTables relaxed;
  private final CacheShares shares;
  private final Runnable returnSpace;
  // Changed under the lock of this; who only looks does not wait for a cache that is being opened.
  private final Map<String, SqliteEntryTable> tables = new ConcurrentHashMap<>();

  /**
   * No table is open yet.
   *
   * @param returnSpace gives free pages back and empties the log
   */
  OpenTables(
      SqliteEntryTable.Parts shared,
      RelaxedTables relaxed,
      CacheShares shares,
      Runnable returnSpace) {
    this.shared = shared;
    this.returnSpace = returnSpace;
    this.relaxed = relaxed;
    this.shares = shares;
    this.catalog = new CacheCatalog(shared.writer());
  }

  /**
   * Opens a cache, which is made if there is none.
   *
   * @param aboveVersion its versions begin above this one; 0 if none was given out elsewhere
   * @param maySucceed whether it may take the place of an open one with another format, which nobody
   *     uses any more
   */
  synchronized EntryTable open(CacheDefinition wanted, long aboveVersion, boolean maySucceed) {
    SqliteEntryTable open = stillThere(wanted.name());
    if (open != null && maySucceed && !wanted.readsRowsOf(open.definition())) {
      relaxed.over(open).flush();
      forget(open);
    } else if (open != null) {
      return relaxed.over(reopened(open, wanted));
    }
    SqliteEntryTable table = loadOrMake(wanted, aboveVersion);
    if (table.wasReset()) {
      logger.log(
          Level.WARNING,
          () -> "The cache " + wanted.name() + " in " + shared.file()
              + " starts empty: its rows were written in another format (a codec or a class has"
              + " changed, or its values are encrypted from now on)");
    }
    if (table.wasReset() && wanted.isEncrypted()) {
      leaveNoTrace(wanted.name());
    }
    tables.put(wanted.name(), table);
    shares.opened(table);
    return relaxed.over(table);
  }

  /** A cache as the file describes it; null if there is none of this name. */
  synchronized @Nullable EntryTable find(String cacheName) {
    SqliteEntryTable open = stillThere(cacheName);
    if (open != null) {
      return relaxed.over(open);
    }
    SqliteEntryTable table = asItIs(cacheName);
    if (table == null) {
      return null;
    }
    tables.put(cacheName, table);
    shares.opened(table);
    return relaxed.over(table);
  }

  /** No version above this one was given out for a cache that is open here. */
  synchronized long highestVersion(String cacheName) {
    SqliteEntryTable open = tables.get(cacheName);
    return open == null ? 0 : open.highestVersion();
  }

  /** Deletes a cache with its rows; false if there was none. */
  synchronized boolean drop(String cacheName) {
    return relaxed.dropping(cacheName, () -> dropNow(cacheName));
  }

  private boolean dropNow(String cacheName) {
    Boolean dropped = shared.writer().transact("drop a cache", () -> {
      CacheCatalog.Row row = catalog.find(cacheName);
      if (row == null) {
        return null;
      }
      catalog.drop(row);
      return true;
    });
    SqliteEntryTable open = tables.remove(cacheName);
    if (open != null) {
      open.markDropped();
      shares.dropped(open);
    }
    return dropped != null;
  }

  synchronized List<SqliteEntryTable> all() {
    return List.copyOf(tables.values());
  }

  /** Rows whose last use is in memory only, of all caches; waits for nobody. */
  long bufferedAccesses() {
    return tables.values().stream()
        .mapToLong(SqliteEntryTable::bufferedAccesses)
        .sum();
  }

  // Another process may have destroyed the cache, and made a new one of the same name.
  private @Nullable SqliteEntryTable stillThere(String cacheName) {
    SqliteEntryTable open = tables.get(cacheName);
    if (open == null) {
      return null;
    }
    CacheCatalog.Row row =
        shared.writer().outsideTransaction("find a cache", () -> catalog.find(cacheName));
    if (row != null && row.id() == open.cacheId()) {
      return open;
    }
    forget(open);
    return null;
  }

  private void forget(SqliteEntryTable open) {
    relaxed.dropping(open.definition().name(), () -> true);
    tables.remove(open.definition().name());
    open.markDropped();
    shares.dropped(open);
  }

  private SqliteEntryTable reopened(SqliteEntryTable open, CacheDefinition wanted) {
    CacheDefinition known = open.definition();
    if (!wanted.readsRowsOf(known)) {
      throw new StoreException(
          "The cache " + wanted.name() + " in " + shared.file()
              + " is open with another key or value format",
          shared.file());
    }
    if (!known.equals(wanted)) {
      shared.writer().transact("change the limits of a cache", () -> {
        CacheCatalog.Row row = catalog.find(wanted.name());
        if (row != null) {
          catalog.redefine(row.id(), wanted);
        }
        return wanted;
      });
      open.redefine(wanted);
    }
    return open;
  }

  private @Nullable SqliteEntryTable asItIs(String cacheName) {
    var found = new AtomicReference<@Nullable SqliteEntryTable>();
    shared.writer().<SqliteEntryTable>transact("open a cache", () -> {
      CacheCatalog.Row row = catalog.find(cacheName);
      if (row != null) {
        found.set(table(row, row.definition(), /* wasReset= */ false, /* aboveVersion= */ 0));
      }
      return null;
    });
    return found.get();
  }

  private SqliteEntryTable loadOrMake(CacheDefinition wanted, long aboveVersion) {
    var unchanged = new AtomicReference<@Nullable SqliteEntryTable>();
    SqliteEntryTable changed = shared.writer().transact("open a cache", () -> {
      CacheCatalog.Row known = catalog.find(wanted.name());
      if (known == null || aboveVersion > 0 || !wanted.isStoredAs(known.definition())) {
        return load(wanted, known, aboveVersion);
      }
      // Rolled back: the first commit to a new log waits for the disk, and who finds what he wants
      // has nothing to commit.
      unchanged.set(table(known, wanted, /* wasReset= */ false, aboveVersion));
      return null;
    });
    SqliteEntryTable table = changed == null ? unchanged.get() : changed;
    if (table == null) {
      throw new IllegalStateException("opening a cache was rolled back");
    }
    return table;
  }

  private SqliteEntryTable load(
      CacheDefinition wanted, CacheCatalog.@Nullable Row known, long aboveVersion)
      throws SQLException {
    if (known == null) {
      return create(wanted, /* wasReset= */ false, aboveVersion);
    }
    if (!wanted.readsRowsOf(known.definition())) {
      // Under a new number: another process may have the old rows open, and must write none of
      // them among the new ones.
      requireDroppable(known, wanted);
      dropRows(known, wanted);
      return create(wanted, /* wasReset= */ true, aboveVersion);
    }
    if (!wanted.isStoredAs(known.definition())) {
      catalog.redefine(known.id(), wanted);
    }
    return table(known, wanted, /* wasReset= */ false, aboveVersion);
  }

  // Who forgot to configure the keys must not lose what they encrypt.
  private void requireDroppable(CacheCatalog.Row known, CacheDefinition wanted)
      throws SQLException {
    if (!known.definition().isEncrypted() || wanted.isEncrypted()) {
      return;
    }
    long entries = new Tally(shared.writer(), known.id()).read().entries();
    if (entries > 0) {
      throw new StoreException(
          "The cache " + wanted.name() + " in " + shared.file() + " has " + entries
              + " entries with encrypted values, and no keys are configured for it. Nothing was"
              + " changed. Configure its keys (holdfast.encryption.keyFile, holdfast.encryption.keys"
              + " or HoldfastConfiguration), or clear or destroy the cache to go on without encryption",
          shared.file());
    }
  }

  // What was never encrypted is not to be found in free pages once the cache is.
  private void dropRows(CacheCatalog.Row known, CacheDefinition wanted) throws SQLException {
    boolean leavesPlainValues = wanted.isEncrypted() && !known.definition().isEncrypted();
    if (leavesPlainValues) {
      Pragmas.overwriteFreedPages(shared.writer().connection(), true);
    }
    try {
      catalog.dropRows(known);
    } finally {
      if (leavesPlainValues) {
        Pragmas.overwriteFreedPages(shared.writer().connection(), false);
      }
    }
  }

  // The rows are gone whether or not this succeeds.
  private void leaveNoTrace(String cacheName) {
    try {
      returnSpace.run();
    } catch (StoreException e) {
      logger.log(
          Level.WARNING,
          () -> "The log of " + shared.file() + " could not be emptied; it may still hold values of"
              + " the cache " + cacheName + " as they were before encryption",
          e);
    }
  }

  private SqliteEntryTable create(CacheDefinition wanted, boolean wasReset, long aboveVersion)
      throws SQLException {
    CacheCatalog.Row created = catalog.create(wanted, shared.clockMillis().getAsLong());
    return table(created, wanted, wasReset, aboveVersion);
  }

  private SqliteEntryTable table(
      CacheCatalog.Row row, CacheDefinition definition, boolean wasReset, long aboveVersion)
      throws SQLException {
    EntrySql sql = new EntrySql(row.id());
    EntryWriter rows = new EntryWriter(shared.writer(), sql);
    Tally tally = new Tally(shared.writer(), row.id());
    if (aboveVersion > 0) {
      tally.skipVersions(aboveVersion);
    }
    return new SqliteEntryTable(
        shared, definition, wasReset, rows, new EntryReader(sql), tally, tally.read());
  }
}
