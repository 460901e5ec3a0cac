package io.holdfast.store;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.sqlite.SQLiteErrorCode;
import org.sqlite.SQLiteException;

/** Brings a file to the format of this version, step by step; {@code user_version} says where it is. */
final class Migrations {
  // Steps are never changed once released; step n leads to format n.
  private static final List<String> STEPS =
      List.of("001_create_meta.sql", "002_create_overview.sql", "003_number_logs.sql");

  static final int CURRENT_FORMAT = STEPS.size();

  // From this format on a view says of which class a serialised object is.
  private static final int FORMAT_OF_VIEWS = 2;

  private Migrations() {}

  /**
   * Creates the tables in an empty file, or adds what a later format brought. All in one transaction:
   * a process that dies in it leaves the file as it was.
   *
   * @throws StoreException if the format is unknown, or an older one and {@code ifOlder} says to refuse it
   */
  static void migrate(Connection connection, Path file, long nowMillis, IfOlder ifOlder)
      throws SQLException {
    if (isEmpty(connection)) {
      Pragmas.beginFirstTables(connection);
    } else {
      Pragmas.run(connection, "BEGIN IMMEDIATE");
    }
    try {
      long format = Pragmas.readLong(connection, "PRAGMA user_version");
      FileGate.requireKnownFormat(file, format);
      ifOlder.require(file, format);
      for (int step = (int) format; step < CURRENT_FORMAT; step++) {
        runScript(connection, STEPS.get(step));
      }
      if (format == 0) {
        insertSeed(connection, nowMillis);
        Pragmas.run(connection, LogMark.NUMBER_ANEW);
      }
      if (format < FORMAT_OF_VIEWS) {
        CacheCatalog.replaceViews(connection);
      }
      if (format < CURRENT_FORMAT) {
        Pragmas.run(connection, "PRAGMA application_id = " + Pragmas.APPLICATION_ID);
        Pragmas.run(connection, "PRAGMA user_version = " + CURRENT_FORMAT);
      }
      Pragmas.run(connection, "COMMIT");
    } catch (SQLException | RuntimeException e) {
      rollBack(connection, e);
      throw e;
    }
    enterWriteAheadLog(connection);
  }

  /** What becomes of a file whose format is known and older. */
  enum IfOlder {
    MIGRATE,
    /** Who only looks does not decide that older versions can no longer open the file. */
    REFUSE;

    private void require(Path file, long format) {
      if (this == REFUSE && format > 0 && format < CURRENT_FORMAT) {
        throw new StoreException(
            file + " has cache format " + format + ", older than the format " + CURRENT_FORMAT
                + " of this Holdfast, and looking into it does not change that. It is migrated when an"
                + " application of this version opens it, or by: holdfast cache FILE migrate",
            file);
      }
    }
  }

  private static boolean isEmpty(Connection connection) throws SQLException {
    return Pragmas.readLong(connection, "SELECT count(*) FROM sqlite_schema") == 0;
  }

  private static void rollBack(Connection connection, Exception reason) {
    try {
      Pragmas.run(connection, "ROLLBACK");
    } catch (SQLException e) {
      reason.addSuppressed(e);
    }
  }

  private static void insertSeed(Connection connection, long nowMillis) throws SQLException {
    SecureRandom random = new SecureRandom();
    try (PreparedStatement insert = connection.prepareStatement("""
            INSERT INTO store (id, row_id_seed_0, row_id_seed_1, created_at_ms) VALUES (1, ?, ?, ?)
            """)) {
      insert.setLong(1, random.nextLong());
      insert.setLong(2, random.nextLong());
      insert.setLong(3, nowMillis);
      insert.executeUpdate();
    }
  }

  // The driver drops what follows the first statement of a string, so each is run by itself.
  private static void runScript(Connection connection, String name) throws SQLException {
    for (String statement : read(name).split(";\\s*\\n", -1)) {
      if (!statement.isBlank()) {
        Pragmas.run(connection, statement);
      }
    }
  }

  private static String read(String name) {
    try (InputStream script = Migrations.class.getResourceAsStream("schema/" + name)) {
      if (script == null) {
        throw new IllegalStateException("the jar is incomplete: schema/" + name);
      }
      return new String(script.readAllBytes(), UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  // Two processes that create the same file meet here, and this one switch ignores busy handlers.
  private static void enterWriteAheadLog(Connection connection) throws SQLException {
    long giveUpAtNanos =
        System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(Pragmas.LOCK_PATIENCE_MILLIS);
    while (true) {
      try {
        Pragmas.useWriteAheadLog(connection);
        return;
      } catch (SQLiteException e) {
        boolean busy = (e.getResultCode().code & 0xff) == SQLiteErrorCode.SQLITE_BUSY.code;
        if (!busy || System.nanoTime() - giveUpAtNanos > 0) {
          throw e;
        }
        LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(1));
      }
    }
  }
}
