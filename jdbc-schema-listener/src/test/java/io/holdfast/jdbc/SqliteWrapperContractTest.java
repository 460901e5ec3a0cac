package io.holdfast.jdbc;

import java.nio.file.Path;
import java.sql.Connection;
import org.junit.jupiter.api.io.TempDir;
import org.sqlite.SQLiteConnection;

/** The contract on SQLite. */
class SqliteWrapperContractTest extends WrapperContractSpec {

  @TempDir
  private Path directory;

  @Override
  String target() {
    return "sqlite:" + directory.resolve("contract.db");
  }

  @Override
  Class<? extends Connection> driverType() {
    return SQLiteConnection.class;
  }
}
