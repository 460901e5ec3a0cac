package io.holdfast.docs.cli;

import io.holdfast.schema.SchemaDifference;
import io.holdfast.schema.SchemaDifference.Aspect;
import io.holdfast.schema.SchemaSnapshot;
import io.holdfast.schema.StructureChange;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code holdfast diff}: what the structures of two databases have not in common. */
@Command(
    name = "diff",
    description = {
      "Says what turns the tables of the first database into those of the second, such as staging and"
          + " production. Databases of different products are compared as far as they tell the same:"
          + " columns, nullability, primary and foreign keys.",
      "",
      "The passwords are read from the environment variables " + Login.PASSWORD_VARIABLE + " and "
          + DiffCommand.SECOND_PASSWORD_VARIABLE
          + " (for the second database; the first one's if it is not set), or asked for on the terminal."
    },
    exitCodeListHeading = "%nExit codes:%n",
    exitCodeList = {
      "0:the same",
      "1:different",
      "2:a wrong argument, or a database that cannot be read"
    },
    exitCodeOnExecutionException = HoldfastCommand.WRONG)
final class DiffCommand implements Callable<Integer> {

  static final String SECOND_PASSWORD_VARIABLE = "HOLDFAST_PASSWORD_2";

  private static final int DIFFERENT = 1;

  @Spec
  private CommandSpec spec = CommandSpec.create();

  @Option(
      names = "--url",
      required = true,
      paramLabel = "URL",
      description = "A JDBC URL; to be given twice, the first database first.")
  private List<String> urls = List.of();

  @Option(
      names = "--user",
      paramLabel = "NAME",
      description = "Who to log in as; given twice, the second is for the second database.")
  private List<String> users = List.of();

  @Option(
      names = {"-W", "--ask-password"},
      description = "Ask for the password whatever the environment says.")
  private boolean ask;

  @Option(
      names = "--with",
      paramLabel = "WHAT",
      split = ",",
      description = "Compare these, too: ${COMPLETION-CANDIDATES}.")
  private Set<Aspect> besides = Set.of();

  @Mixin
  private DatabaseOptions options = new DatabaseOptions();

  @Override
  public Integer call() {
    if (urls.size() != 2 || users.size() > 2) {
      throw new ParameterException(
          spec.commandLine(), "Give --url twice, one for each database, and --user at most twice.");
    }
    String second = System.getenv(SECOND_PASSWORD_VARIABLE) == null
        ? Login.PASSWORD_VARIABLE
        : SECOND_PASSWORD_VARIABLE;
    SchemaSnapshot one =
        options.snapshot(new Login(urls.get(0), user(0), ask, Login.PASSWORD_VARIABLE));
    SchemaSnapshot two = options.snapshot(new Login(urls.get(1), user(1), ask, second));
    options.requireTables(one, two);
    SchemaDifference difference = SchemaDifference.between(one, two, besides);
    PrintWriter print = spec.commandLine().getOut();
    print.print(
        options.json()
            ? Json.pretty(json(one, two, difference)) + "\n"
            : text(one, two, difference));
    print.flush();
    return difference.isEmpty() ? 0 : DIFFERENT;
  }

  private String user(int which) {
    return users.isEmpty() ? "" : users.get(Math.min(which, users.size() - 1));
  }

  private static String text(SchemaSnapshot one, SchemaSnapshot two, SchemaDifference difference) {
    var text = new StringBuilder();
    difference.tables().forEach((table, changes) -> {
      text.append(table).append('\n');
      changes.forEach(change -> text.append("  ").append(sentence(change)).append('\n'));
    });
    if (!difference.isEmpty()) {
      text.append('\n');
    }
    text.append(one.identity().id()).append(" -> ").append(two.identity().id()).append(": ");
    text.append(
        difference.isEmpty()
            ? "the same, " + difference.comparedTables() + " tables.\n"
            : difference.tables().size() + " tables differ.\n");
    if (!difference.whole()) {
      text.append("Compared: ").append(difference.compared()).append(".\nNot comparable: ");
      text.append(difference.notCompared()).append(".\n");
    }
    return text.toString();
  }

  private static String sentence(StructureChange change) {
    if (change instanceof StructureChange.TableCreated) {
      return "only in the second";
    } else if (change instanceof StructureChange.TableDropped) {
      return "only in the first";
    } else if (change instanceof StructureChange.PartChanged part) {
      return part.describe() + ": " + part.before() + " -> " + part.after();
    } else if (change instanceof StructureChange.PartAdded part
        && !part.definition().isEmpty()) {
      return part.describe() + ": " + part.definition();
    }
    return change.describe();
  }

  private static Map<String, Object> json(
      SchemaSnapshot one, SchemaSnapshot two, SchemaDifference difference) {
    var tables = new ArrayList<Map<String, Object>>();
    difference.tables().forEach((table, changes) -> {
      var entry = new LinkedHashMap<String, Object>();
      entry.put("schema", table.schema());
      entry.put("table", table.name());
      entry.put("changes", Json.changes(changes));
      tables.add(entry);
    });
    var all = new LinkedHashMap<String, Object>();
    all.put("same", difference.isEmpty());
    all.put("first", Json.database(one));
    all.put("second", Json.database(two));
    all.put("compared", difference.compared());
    all.put("notComparable", difference.notCompared());
    all.put("tablesInBoth", difference.comparedTables());
    all.put("tables", tables);
    return all;
  }
}
