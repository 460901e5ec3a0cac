package io.holdfast.docs.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.holdfast.schema.PushInstallation;
import io.holdfast.schema.SchemaWatch;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.Statement;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** The command on a real PostgreSQL. */
class PushCommandIT {

  @AfterEach
  void endWatching() {
    SchemaWatch.shutdown();
  }

  @Test
  void push_showInstallUninstall_changesOnlyWhatWasAskedFor() throws Exception {
    try (EmbeddedPostgres server = EmbeddedPostgres.builder().start();
        Connection session =
            DriverManager.getConnection(server.getJdbcUrl("postgres", "postgres"));
        Statement statement = session.createStatement()) {
      statement.execute("CREATE ROLE clerk LOGIN");
      String url = "jdbc:postgresql://localhost:" + server.getPort() + "/postgres";

      Shell shown = Shell.run("push", "--url", url, "--user", "postgres", "--show");
      assertThat(shown.exitCode()).as(shown.err()).isZero();
      assertThat(shown.out())
          .contains("CREATE EVENT TRIGGER holdfast_watch_ddl ON ddl_command_end")
          .contains("DROP SCHEMA IF EXISTS holdfast_watch;")
          .contains("keeps no log");
      assertThat(PushInstallation.isInstalled(session)).isFalse();

      Shell refused = Shell.run("push", "--url", url, "--user", "clerk", "--install");
      assertThat(refused.exitCode()).isEqualTo(HoldfastCommand.WRONG);
      assertThat(refused.err()).contains("Nothing was changed: ").hasLineCount(1);

      Shell installed = Shell.run("push", "--url", url, "--user", "postgres", "--install");
      assertThat(installed.exitCode()).as(installed.err()).isZero();
      assertThat(installed.out()).contains("keeps the log").doesNotContain("CREATE");
      assertThat(PushInstallation.isInstalled(session)).isTrue();
      assertThat(
              Shell.run("push", "--url", url, "--user", "postgres", "--install").exitCode())
          .isZero();

      Shell removed = Shell.run("push", "--url", url, "--user", "postgres", "--uninstall");
      assertThat(removed.exitCode()).as(removed.err()).isZero();
      assertThat(PushInstallation.isInstalled(session)).isFalse();
    }
  }

  @Test
  void push_anotherProduct_saysSo() {
    Shell shell = Shell.run("push", "--url", "jdbc:h2:mem:pushed", "--show");
    assertThat(shell.exitCode()).isEqualTo(HoldfastCommand.WRONG);
    assertThat(shell.err()).contains("on PostgreSQL only, not on H2");
  }

  @Test
  void push_nothingAsked_isAWrongUse() {
    Shell shell = Shell.run("push", "--url", "jdbc:h2:mem:pushed");
    assertThat(shell.exitCode()).isEqualTo(HoldfastCommand.WRONG);
  }
}
