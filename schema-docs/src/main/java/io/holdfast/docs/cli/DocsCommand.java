package io.holdfast.docs.cli;

import io.holdfast.docs.describe.BuiltInWriter;
import io.holdfast.docs.describe.DescriptionWriter;
import io.holdfast.docs.llm.ChatEndpoint;
import io.holdfast.docs.llm.ModelWriter;
import io.holdfast.docs.profile.ProfileSettings;
import io.holdfast.docs.render.PageDirectory;
import io.holdfast.docs.run.DocumentationCache;
import io.holdfast.docs.run.DocumentationRun;
import io.holdfast.docs.run.JmxReading;
import io.holdfast.docs.run.ReportFile;
import io.holdfast.docs.run.RunException;
import io.holdfast.docs.run.RunReport;
import io.holdfast.jdbc.HoldfastConnection;
import io.holdfast.schema.DatabaseIdentity;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Locale;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code holdfast docs}: documents the user's own database. */
@Command(
    name = "docs",
    description = {
      "Documents every table of a database as Markdown. What was documented before and has the"
          + " same structure comes from the cache.",
      "",
      "The password is read from the environment variable " + Login.PASSWORD_VARIABLE
          + ", or asked for on the terminal. The key for --llm-url is read from "
          + ChatEndpoint.API_KEY_VARIABLE
          + ". With --llm-url the structure of each table and values"
          + " from it are sent to that server; --no-values sends the structure and counts only."
    })
final class DocsCommand implements Callable<Integer> {

  @Spec
  private CommandSpec spec = CommandSpec.create();

  @Mixin
  private LoginOptions access = new LoginOptions();

  @Option(
      names = "--out",
      required = true,
      paramLabel = "DIR",
      description = "Where the pages go; made where it is missing.")
  private Path out = Path.of("");

  @Option(
      names = "--cache",
      paramLabel = "FILE",
      description = "The cache file. Default: holdfast.db in the directory of the pages.")
  private @Nullable Path cache;

  @Option(
      names = "--title",
      paramLabel = "TEXT",
      description = "What to call the database. Default: its name.")
  private @Nullable String title;

  @Mixin
  private ProfileOptions profile = new ProfileOptions();

  @Option(
      names = "--report",
      paramLabel = "FILE",
      description = "Write what was done, table by table, as JSON.")
  private @Nullable Path report;

  @ArgGroup(
      exclusive = false,
      heading = "%nDescriptions by a model instead of the built-in writer:%n")
  private @Nullable ModelOptions model;

  @Mixin
  private BookOptions bookOptions = new BookOptions();

  @Override
  public Integer call() throws InterruptedException {
    DescriptionWriter writer = writer();
    ProfileSettings settings = profile.settings(spec.commandLine());
    PageDirectory pages = directory(out);
    try (Connection connection = access.login().connect();
        DocumentationCache documents = DocumentationCache.open(
            cache == null ? out.resolve("holdfast.db") : cache, bookOptions.books())) {
      var progress =
          new TerminalProgress(spec.commandLine().getErr(), TerminalProgress.isTerminal());
      RunReport done = new DocumentationRun(
              connection, documents.responses(), writer, settings, progress)
          .run(title == null ? name(connection) : title, pages);
      if (report != null) {
        ReportFile.write(report, done, JmxReading.here());
      }
      print(done);
      return done.failed() == 0 ? 0 : HoldfastCommand.INCOMPLETE;
    } catch (RunException e) {
      throw new UserError(e.getMessage(), e);
    } catch (SQLException e) {
      throw new UserError("The database fails (SQL state " + e.getSQLState() + ").", e);
    } catch (IOException e) {
      throw new UserError("Cannot write: " + String.valueOf(e.getMessage()) + ".", e);
    }
  }

  static PageDirectory directory(Path out) {
    try {
      return new PageDirectory(out);
    } catch (IOException e) {
      throw new UserError("Cannot write into the directory " + out + ".", e);
    }
  }

  private DescriptionWriter writer() {
    return model == null
        ? new BuiltInWriter()
        : new ModelWriter(model.endpoint(spec.commandLine()));
  }

  private static String name(Connection connection) throws SQLException {
    String database = connection
        .unwrap(HoldfastConnection.class)
        .database()
        .map(watched -> watched.identity())
        .map(DatabaseIdentity::database)
        .orElse("");
    return database.substring(database.lastIndexOf('/') + 1);
  }

  private void print(RunReport done) {
    PrintWriter print = spec.commandLine().getOut();
    print.printf(
        Locale.ROOT,
        "%d tables: %d generated, %d served from the cache%s, %.1f s. Pages in %s%n",
        done.tables().size(),
        done.generated(),
        done.served(),
        done.failed() == 0 ? "" : ", " + done.failed() + " failed",
        done.elapsedMillis() / 1000.0,
        out);
    print.flush();
  }
}
