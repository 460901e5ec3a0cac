package io.holdfast.docs.cli;

import io.holdfast.schema.SchemaSnapshot;
import io.holdfast.schema.TableName;
import java.util.List;
import picocli.CommandLine.Option;

/** Which tables of a database a command is about; where it is and who logs in is the command's. */
final class DatabaseOptions {

  @Option(
      names = "--schema",
      paramLabel = "NAME",
      split = ",",
      description = "Only this schema; may be given several times. Default: all of the user's.")
  private List<String> schemas = List.of();

  @Option(
      names = "--table",
      paramLabel = "NAME",
      description =
          "Only this table or view, with its schema or without; may be given several times.")
  private List<String> tables = List.of();

  @Option(names = "--json", description = "Print JSON.")
  private boolean json;

  boolean json() {
    return json;
  }

  /** As our driver and the readers take it. */
  String schemaFilter() {
    return String.join(",", schemas);
  }

  boolean wants(TableName table) {
    return tables.isEmpty()
        || tables.stream()
            .anyMatch(name ->
                name.equalsIgnoreCase(table.name()) || name.equalsIgnoreCase(table.toString()));
  }

  /** The wanted tables of a database. */
  SchemaSnapshot snapshot(Login login) {
    return login.snapshot(schemaFilter()).only(this::wants);
  }

  /** A name that fits nothing is a mistake, unless it fits somewhere else. */
  void requireTables(SchemaSnapshot... snapshots) {
    for (String name : tables) {
      boolean found = List.of(snapshots).stream()
          .flatMap(snapshot -> snapshot.tables().keySet().stream())
          .anyMatch(table ->
              name.equalsIgnoreCase(table.name()) || name.equalsIgnoreCase(table.toString()));
      if (!found) {
        throw new UserError("There is no table or view " + name + ".");
      }
    }
  }
}
