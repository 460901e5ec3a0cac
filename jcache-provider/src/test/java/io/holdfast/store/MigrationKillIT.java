package io.holdfast.store;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.nio.file.Path;
import java.sql.Connection;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** SIGKILL in a migration leaves the old format as a whole, SIGKILL behind its COMMIT the new one. */
final class MigrationKillIT {
  @TempDir
  Path directory;

  @ParameterizedTest
  @CsvSource({"DROP VIEW,false", "COMMIT,false", "PRAGMA journal_mode,true"})
  void migrate_killedBeforeAStatement_leavesOneFormatWhole(String statement, boolean isCommitted)
      throws Exception {
    Path file = StoredFormats.unpack(1, directory);
    var old = StoredFormats.schema(file);

    killBefore(statement, file);

    // The last connection to close moves the log into the file, so this looks through the log.
    assertThat(StoredFormats.format(file)).isEqualTo(isCommitted ? Migrations.CURRENT_FORMAT : 1);
    if (!isCommitted) {
      assertThat(StoredFormats.schema(file)).isEqualTo(old);
    }
    try (CacheFile opened =
        CacheFile.open(StoreSettings.of(file), () -> FormatFile.MADE_AT_MILLIS)) {
      assertThat(opened.check()).isEmpty();
      assertThat(opened.caches()).hasSameSizeAs(FormatFile.contents());
    }
    assertThat(StoredFormats.format(file)).isEqualTo(Migrations.CURRENT_FORMAT);
  }

  private static void killBefore(String statement, Path file) throws Exception {
    Process child = ChildJvm.start(MigratingProcess.class, file.toString(), statement);
    try (var lines = new BufferedReader(new InputStreamReader(child.getInputStream(), UTF_8))) {
      assertThat(lines.readLine()).isEqualTo("about to run " + statement);
    } finally {
      child.destroyForcibly();
    }
    assertThat(child.waitFor(30, TimeUnit.SECONDS)).isTrue();
    assertThat(child.exitValue()).as("killed, not ended").isNotZero();
  }

  /** Migrates a file up to a statement, says so and waits for its end. */
  static final class MigratingProcess {
    public static void main(String[] arguments) throws Exception {
      Path file = Path.of(arguments[0]);
      try (Connection connection = Pragmas.openWriter(file, Durability.NORMAL)) {
        Migrations.migrate(
            FormatMigrationTest.interrupted(connection, sql -> {
              if (sql.startsWith(arguments[1])) {
                System.out.println("about to run " + arguments[1]);
                waitForTheEnd();
              }
            }),
            file,
            0,
            Migrations.IfOlder.MIGRATE);
      }
    }

    private static void waitForTheEnd() {
      try {
        Thread.currentThread().join();
      } catch (InterruptedException e) {
        throw new IllegalStateException(e);
      }
    }
  }
}
