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
  private static final List<String> STEPS = List.of("001_create_meta.sql");

  static final int CURRENT_FORMAT = STEPS.size();

  private Migrations() {}

  /**
   * Creates the tables in an empty file, or adds what a later format brought. All in one transaction:
   * a process that dies in it leaves the file as it was.
   */
  static void migrate(Connection connection, Path file, long nowMillis) throws SQLException {
    if (isEmpty(connection)) {
      Pragmas.beforeFirstTable(connection);
    }
    Pragmas.run(connection, "BEGIN IMMEDIATE");
    try {
      long format = Pragmas.readLong(connection, "PRAGMA user_version");
      FileGate.requireKnownFormat(file, format);
      for (int step = (int) format; step < CURRENT_FORMAT; step++) {
        runScript(connection, STEPS.get(step));
      }
      if (format == 0) {
        insertSeed(connection, nowMillis);
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
