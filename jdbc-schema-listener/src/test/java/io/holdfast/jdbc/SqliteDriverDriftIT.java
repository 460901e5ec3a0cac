package io.holdfast.jdbc;

import java.nio.file.Path;
import java.sql.Connection;
import org.junit.jupiter.api.io.TempDir;
import org.sqlite.SQLiteConnection;

/** Drift through the driver, on SQLite in WAL mode. */
class SqliteDriverDriftIT extends DriverDriftSpec {

  @TempDir
  private Path directory;

  @Override
  String target() {
    return "sqlite:" + directory.resolve("drift.db") + "?journal_mode=WAL";
  }

  @Override
  boolean isDdlTransactional() {
    return true;
  }

  @Override
  Class<? extends Connection> driverType() {
    return SQLiteConnection.class;
  }
}
