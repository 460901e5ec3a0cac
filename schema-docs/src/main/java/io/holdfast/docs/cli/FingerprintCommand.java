package io.holdfast.docs.cli;

import io.holdfast.schema.SchemaSnapshot;
import io.holdfast.schema.TableFingerprint;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** {@code holdfast fingerprint}: the hashes of a database's tables. */
@Command(
    name = "fingerprint",
    description = {
      "Prints for each table and view the hash of its structure, which is the same on every server of"
          + " the engine that has this structure, and its incarnation, which means something on this"
          + " server only: another one says that the name stands for another table, or for other rows.",
      "",
      "With --json also the hashes of triggers, comments and privileges.",
      "",
      "The password is read from the environment variable " + Login.PASSWORD_VARIABLE
          + ", or asked for on the terminal."
    },
    exitCodeOnExecutionException = HoldfastCommand.WRONG)
final class FingerprintCommand implements Callable<Integer> {

  @Spec
  private CommandSpec spec = CommandSpec.create();

  @Mixin
  private LoginOptions access = new LoginOptions();

  @Mixin
  private DatabaseOptions options = new DatabaseOptions();

  @Override
  public Integer call() {
    SchemaSnapshot snapshot = options.snapshot(access.login());
    options.requireTables(snapshot);
    PrintWriter print = spec.commandLine().getOut();
    print.print(options.json() ? Json.pretty(json(snapshot)) + "\n" : text(snapshot));
    print.flush();
    return 0;
  }

  private static String text(SchemaSnapshot snapshot) {
    var table = new TextTable("table", "kind", "structure", "incarnation");
    for (TableFingerprint fingerprint : snapshot.tables().values()) {
      table.row(
          fingerprint.table().toString(),
          kind(fingerprint),
          fingerprint.structure().value(),
          fingerprint.incarnation());
    }
    return table.render() + "\n" + snapshot.identity().id() + ": "
        + snapshot.tables().size() + " tables, " + snapshot.fingerprint().value() + "\n";
  }

  private static String kind(TableFingerprint fingerprint) {
    return fingerprint.kind().name().toLowerCase(Locale.ROOT).replace('_', ' ');
  }

  private static Map<String, Object> json(SchemaSnapshot snapshot) {
    var tables = new ArrayList<Map<String, String>>();
    for (TableFingerprint fingerprint : snapshot.tables().values()) {
      var one = new LinkedHashMap<String, String>();
      one.put("schema", fingerprint.table().schema());
      one.put("table", fingerprint.table().name());
      one.put("kind", kind(fingerprint));
      one.put("structure", fingerprint.structure().value());
      one.put("incarnation", fingerprint.incarnation());
      one.put("triggers", fingerprint.triggers().value());
      one.put("comments", fingerprint.comments().value());
      one.put("privileges", fingerprint.privileges().value());
      tables.add(one);
    }
    var all = new LinkedHashMap<String, Object>();
    all.put("database", Json.database(snapshot));
    all.put("fingerprint", snapshot.fingerprint().value());
    all.put("tables", tables);
    return all;
  }
}
