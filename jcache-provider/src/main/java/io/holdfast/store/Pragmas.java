package io.holdfast.store;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Properties;
import org.sqlite.SQLiteConfig;
import org.sqlite.SQLiteConfig.Pragma;
import org.sqlite.SQLiteConnection;
import org.sqlite.SQLiteOpenMode;
import org.sqlite.jdbc4.JDBC4Connection;

/** How connections are opened: every pragma, each with its reason. */
final class Pragmas {
  /** How long a statement waits for a lock of another process before it fails. */
  static final int LOCK_PATIENCE_MILLIS = 5_000;

  /** "Hfst": tells a cache file from any other SQLite file. */
  static final int APPLICATION_ID = 0x48667374;

  /** 4 KiB: other sizes measured no better. */
  static final int PAGE_BYTES = 4_096;

  private Pragmas() {}

  /** Looks whether what was opened is what is meant. */
  @FunctionalInterface
  interface Proof {
    Proof NONE = () -> {};

    void require() throws SQLException;
  }

  /** The connection that writes. */
  static SQLiteConnection openWriter(Path file, Durability durability) throws SQLException {
    return openWriter(file, durability, Proof.NONE);
  }

  /** As above, if the proof holds before and after the log was opened. */
  static SQLiteConnection openWriter(Path file, Durability durability, Proof proof)
      throws SQLException {
    SQLiteConfig config = base();
    config.setPragma(Pragma.SYNCHRONOUS, durability.synchronous());
    // Pages that the writer has just changed are the ones it changes next: 64 MiB.
    config.setCacheSize(-65_536);
    // Deleted values are not to be found where pages are written anyway.
    config.setPragma(Pragma.SECURE_DELETE, "fast");
    return open(file, config, proof);
  }

  /** A connection that only reads. */
  static SQLiteConnection openReader(Path file) throws SQLException {
    return openReader(file, Proof.NONE);
  }

  /** As above, if the proof holds before and after the log was opened. */
  static SQLiteConnection openReader(Path file, Proof proof) throws SQLException {
    SQLiteConfig config = base();
    // Small: each commit of another connection empties it, and the system has the pages.
    config.setCacheSize(-2_000);
    SQLiteConnection connection = open(file, config, proof);
    // Not SQLITE_OPEN_READONLY: the last connection to close has to empty the log.
    run(connection, "PRAGMA query_only = 1");
    return connection;
  }

  /** A connection that moves pages from the log into the file, in the background. */
  static SQLiteConnection openCheckpointing(Path file, Proof proof) throws SQLException {
    SQLiteConfig config = base();
    config.setPragma(Pragma.SYNCHRONOUS, Durability.NORMAL.name());
    SQLiteConnection connection = open(file, config, proof);
    checkpointAutomatically(connection, /* automatically= */ false);
    return connection;
  }

  private static SQLiteConfig base() {
    SQLiteConfig config = new SQLiteConfig();
    // Not mapped: each commit of another connection would unmap the file, and the next reads fault
    // it in page by page. And where a mapped file is cut, reading it kills the process.
    config.setPragma(Pragma.MMAP_SIZE, "0");
    // Nobody reads temporary files, and a full temp directory must not fail a cache.
    config.setTempStore(SQLiteConfig.TempStore.MEMORY);
    return config;
  }

  private static SQLiteConnection open(Path file, SQLiteConfig config, Proof proof)
      throws SQLException {
    // As a URI with everything escaped: the driver takes what follows a '?' in
    // a plain name for pragmas.
    String address = file.toUri().toString();
    var connection = new JDBC4Connection("jdbc:sqlite:" + address, address, untouched());
    try {
      // Nothing but the file is open so far. Its log comes with the first read, by name.
      proof.require();
      // Expressions in a schema that somebody planted may call only functions that do no harm. The
      // driver leaves extensions unloadable.
      run(connection, "PRAGMA trusted_schema = 0");
      // A page that lies about its cells is found when it is read, not when it is trusted.
      run(connection, "PRAGMA cell_size_check = 1");
      // Before its first read a connection does not know that there is a log.
      readLong(connection, "SELECT count(*) FROM sqlite_schema");
      proof.require();
      config.apply(connection);
      return connection;
    } catch (SQLException | RuntimeException e) {
      connection.close();
      throw e;
    }
  }

  // What SQLite needs to open the file, and no pragma that would have it read.
  private static Properties untouched() {
    SQLiteConfig config = new SQLiteConfig();
    // Saves a "SELECT last_insert_rowid()" per write.
    config.setGetGeneratedKeys(false);
    config.setBusyTimeout(LOCK_PATIENCE_MILLIS);
    // Whoever makes files has made it before; a file that is gone is not made anew.
    config.resetOpenMode(SQLiteOpenMode.CREATE);
    return config.toProperties();
  }

  /**
   * Begins the transaction that makes the first tables, with what can only be set while the file has no
   * page yet. Nothing is in the file before it commits.
   */
  static void beginFirstTables(Connection connection) throws SQLException {
    run(connection, "PRAGMA page_size = " + PAGE_BYTES);
    run(connection, "BEGIN");
    // Pages freed by clear and drop can be given back without rewriting the file. The pragma writes
    // the first page, and takes the write lock: by itself it would commit a file that is not yet
    // ours, for another process to refuse, or for a kill to leave behind.
    run(connection, "PRAGMA auto_vacuum = INCREMENTAL");
  }

  /** Readers do not block the writer, and a commit is one append. Kept in the file. */
  static void useWriteAheadLog(Connection connection) throws SQLException {
    try (Statement statement = connection.createStatement();
        var row = statement.executeQuery("PRAGMA journal_mode = WAL")) {
      if (!row.next() || !"wal".equalsIgnoreCase(row.getString(1))) {
        throw new SQLException("the file system does not support a write-ahead log");
      }
    }
  }

  /**
   * Whether pages that become free are overwritten with zeros as a whole, which writes each of them.
   *
   * @see <a href="https://sqlite.org/pragma.html#pragma_secure_delete">secure_delete</a>
   */
  static void overwriteFreedPages(Connection connection, boolean overwrites) throws SQLException {
    readLong(connection, "PRAGMA secure_delete = " + (overwrites ? "ON" : "FAST"));
  }

  /** Leaves the log to the {@link Checkpointer}, or has SQLite checkpoint by itself at the same length. */
  static void checkpointAutomatically(Connection connection, boolean automatically)
      throws SQLException {
    readLong(
        connection, "PRAGMA wal_autocheckpoint = " + (automatically ? Checkpointer.DUE_FRAMES : 0));
  }

  static long readLong(Connection connection, String sql) throws SQLException {
    try (Statement statement = connection.createStatement();
        var row = statement.executeQuery(sql)) {
      return row.next() ? row.getLong(1) : 0;
    }
  }

  static String readText(Connection connection, String sql) throws SQLException {
    try (Statement statement = connection.createStatement();
        var row = statement.executeQuery(sql)) {
      return row.next() ? row.getString(1) : "";
    }
  }

  static void run(Connection connection, String sql) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }
}
