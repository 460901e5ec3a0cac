package io.holdfast.docs.cli;

import io.holdfast.jdbc.HoldfastConnection;
import io.holdfast.schema.SchemaDrift;
import io.holdfast.schema.SchemaDriftListener;
import io.holdfast.schema.StructureHash;
import io.holdfast.schema.WatchedDatabase;
import java.io.PrintWriter;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.Callable;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code holdfast watch}: tells of each change of structure as it happens. */
@Command(
    name = "watch",
    description = {
      "Prints a line for each table whose structure changes, whoever changes it, until Ctrl-C.",
      "",
      "The password is read from the environment variable " + Login.PASSWORD_VARIABLE
          + ", or asked for on the terminal."
    },
    exitCodeOnExecutionException = HoldfastCommand.WRONG)
final class WatchCommand implements Callable<Integer> {

  private static final long FIRST_READING_SECONDS = 60;

  @Spec
  private CommandSpec spec = CommandSpec.create();

  @Mixin
  private LoginOptions access = new LoginOptions();

  @Option(
      names = "--poll",
      paramLabel = "TIME",
      description = "How often to ask, such as 200ms or 5s. Default: ${DEFAULT-VALUE}.")
  private String poll = "1s";

  @Option(
      names = "--journal",
      paramLabel = "FILE",
      description = "Keep the drifts in this file, too; see holdfast journal.")
  private String journal = "";

  @Option(names = "--for", paramLabel = "SECONDS", description = "End after so many seconds.")
  private @Nullable Long seconds;

  @Option(names = "--count", paramLabel = "N", description = "End after so many lines.")
  private @Nullable Long count;

  @Mixin
  private DatabaseOptions options = new DatabaseOptions();

  @Override
  public Integer call() throws InterruptedException {
    if ((seconds != null && seconds < 1) || (count != null && count < 1)) {
      throw new ParameterException(spec.commandLine(), "--for and --count must be at least 1.");
    }
    Login login = access.login();
    try (Connection connection = login.connect(driverOptions())) {
      WatchedDatabase database = connection
          .unwrap(HoldfastConnection.class)
          .database()
          .orElseThrow(() -> new UserError("This database cannot be watched: no second connection"
              + " can see it, as with one in memory."));
      var drifts = new LinkedBlockingQueue<SchemaDrift>();
      SchemaDriftListener listener = drifts::add;
      database.addListener(listener);
      try {
        begin(database);
        print(drifts);
      } finally {
        database.removeListener(listener);
      }
      return 0;
    } catch (SQLException e) {
      throw new UserError("The database fails (SQL state " + e.getSQLState() + ").", e);
    }
  }

  private Map<String, String> driverOptions() {
    return Map.of(
        "poll", poll, "schemas", options.schemaFilter(), "linger", "0", "journal", journal);
  }

  private void begin(WatchedDatabase database) throws InterruptedException {
    if (!database.awaitReady(TimeUnit.SECONDS.toMillis(FIRST_READING_SECONDS))) {
      throw new UserError(
          "The catalog could not be read within " + FIRST_READING_SECONDS + " seconds.");
    }
    // Not among the lines: they are for programs.
    PrintWriter err = spec.commandLine().getErr();
    err.printf(
        "Watching %d tables of %s, asking every %s.%n",
        database.structures().keySet().stream().filter(options::wants).count(),
        database.identity().id(),
        poll);
    err.flush();
  }

  private void print(BlockingQueue<SchemaDrift> drifts) throws InterruptedException {
    PrintWriter print = spec.commandLine().getOut();
    long endNanos = System.nanoTime() + TimeUnit.SECONDS.toNanos(seconds == null ? 0 : seconds);
    long left = count == null ? Long.MAX_VALUE : count;
    while (left > 0) {
      SchemaDrift drift = seconds == null
          ? drifts.take()
          : drifts.poll(endNanos - System.nanoTime(), TimeUnit.NANOSECONDS);
      if (drift == null) {
        return;
      }
      if (options.wants(drift.table())) {
        print.println(options.json() ? Json.line(json(drift)) : at(drift) + " " + drift.summary());
        print.flush();
        left--;
      }
    }
  }

  private static String at(SchemaDrift drift) {
    return Instant.ofEpochMilli(drift.observedAtMillis())
        .truncatedTo(ChronoUnit.MILLIS)
        .toString();
  }

  private static Map<String, Object> json(SchemaDrift drift) {
    var json = new LinkedHashMap<String, Object>();
    json.put("at", at(drift));
    json.put("database", drift.database().id());
    json.put("schema", drift.table().schema());
    json.put("table", drift.table().name());
    json.put("before", value(drift.before()));
    json.put("after", value(drift.after()));
    json.put("changes", Json.changes(drift.changes()));
    return json;
  }

  private static @Nullable String value(@Nullable StructureHash hash) {
    return hash == null ? null : hash.value();
  }
}
