package io.holdfast.docs.cli;

import io.holdfast.schema.PushInstallation;
import java.io.PrintWriter;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code holdfast push}: the log that a PostgreSQL server keeps of its own DDL. */
@Command(
    name = "push",
    description = {
      "Makes a PostgreSQL server write down that it ran DDL, so that asking it for changes costs next to nothing.",
      "Three event triggers and a table in the schema holdfast_watch; a superuser's work. Nothing is changed without"
          + " --install or --uninstall."
    })
final class PushCommand implements Callable<Integer> {

  @Spec
  private CommandSpec spec = CommandSpec.create();

  @Mixin
  private LoginOptions access = new LoginOptions();

  @ArgGroup(exclusive = true, multiplicity = "1")
  private Action action = new Action();

  /** What to do. */
  static final class Action {
    @Option(
        names = "--show",
        description = "Say whether it is installed, and show the SQL of both ways.")
    private boolean show;

    @Option(names = "--install", description = "Run the SQL that installs it.")
    private boolean install;

    @Option(names = "--uninstall", description = "Run the SQL that removes all of it.")
    private boolean uninstall;
  }

  @Override
  public Integer call() {
    PrintWriter out = spec.commandLine().getOut();
    try (Connection connection = access.login().connect()) {
      if (action.install) {
        PushInstallation.install(connection);
      } else if (action.uninstall) {
        PushInstallation.uninstall(connection);
      }
      boolean installed = PushInstallation.isInstalled(connection);
      if (action.show) {
        script(
            out, "What --install runs, in one transaction", PushInstallation.installStatements());
        script(
            out,
            "What --uninstall runs, in one transaction",
            PushInstallation.uninstallStatements());
      }
      out.println(
          installed
              ? "The server keeps the log of its DDL in holdfast_watch.change."
              : "The server keeps no log of its DDL; it is asked for its catalogs instead.");
      out.flush();
      return 0;
    } catch (SQLException e) {
      throw new UserError(
          "Nothing was changed: "
              + String.valueOf(e.getMessage()).lines().findFirst().orElse(""),
          e);
    }
  }

  private static void script(PrintWriter out, String title, List<String> statements) {
    out.println("-- " + title);
    for (String sql : statements) {
      out.println(sql.strip() + ";");
    }
    out.println();
  }
}
