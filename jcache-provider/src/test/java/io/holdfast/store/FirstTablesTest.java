package io.holdfast.store;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.sql.Connection;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The soak found a process that refused a fresh file as one of another program: the pragma for
 * auto-vacuum had committed a first page, before the transaction that says whose file it is.
 */
final class FirstTablesTest {

  @TempDir
  Path directory;

  @Test
  void beginFirstTables_beforeItsCommit_leavesTheFileEmptyForOthers() throws Exception {
    Path file = directory.resolve("cache.db");
    FileGate.createIfAbsent(file);
    try (Connection connection = Pragmas.openWriter(file, Durability.NORMAL)) {
      Pragmas.beginFirstTables(connection);
      assertThat(file).isEmptyFile();
      FileGate.checkContent(file, OpenFiles.IfAbsent.CREATE);
      Pragmas.run(connection, "ROLLBACK");
      assertThat(file).isEmptyFile();
    }
  }

  @Test
  void migrate_freshFile_isOursInOneStepAndGivesSpaceBack() throws Exception {
    Path file = directory.resolve("cache.db");
    FileGate.createIfAbsent(file);
    try (Connection connection = Pragmas.openWriter(file, Durability.NORMAL)) {
      Migrations.migrate(connection, file, 0, Migrations.IfOlder.MIGRATE);
      assertThat(Pragmas.readLong(connection, "PRAGMA auto_vacuum")).isEqualTo(2);
      assertThat(Pragmas.readLong(connection, "PRAGMA application_id"))
          .isEqualTo(Pragmas.APPLICATION_ID);
      assertThat(Pragmas.readLong(connection, "PRAGMA user_version"))
          .isEqualTo(Migrations.CURRENT_FORMAT);
    }
  }
}
