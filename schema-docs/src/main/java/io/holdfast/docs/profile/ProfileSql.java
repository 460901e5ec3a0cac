package io.holdfast.docs.profile;

import io.holdfast.schema.Dialect;
import io.holdfast.schema.TableName;
import java.util.ArrayList;
import java.util.List;

/**
 * The SQL of a profile in one dialect. Names go in quoted, values never: everything here is made of
 * names from the catalog and of numbers from the settings.
 *
 * @param dialect whose SQL
 * @param quote the string that quotes identifiers, from the driver; a space if there is none
 */
record ProfileSql(Dialect dialect, String quote) {

  /** An identifier in quotes, quotes inside it doubled. */
  String quoted(String identifier) {
    return quote.isBlank() ? identifier : quote + identifier.replace(quote, quote + quote) + quote;
  }

  /** The table with its schema. */
  String table(TableName table) {
    return table.schema().isEmpty()
        ? quoted(table.name())
        : quoted(table.schema()) + "." + quoted(table.name());
  }

  /** At most so many rows of the table, as something to select from. */
  String sample(TableName table, int rows) {
    String limit = switch (dialect) {
      case POSTGRESQL, SQLITE, H2, MARIADB, MYSQL -> " LIMIT " + rows;
      case ORACLE, SQLSERVER, GENERIC -> " FETCH FIRST " + rows + " ROWS ONLY";
    };
    return "(SELECT * FROM " + table(table) + limit + ") sample";
  }

  String columnTypes(TableName table) {
    return "SELECT * FROM " + table(table) + " WHERE 1 = 0";
  }

  String count(TableName table) {
    return "SELECT count(*) FROM " + table(table);
  }

  String firstRows(TableName table, int rows) {
    return "SELECT * FROM " + sample(table, rows);
  }

  /** One row: the number of rows, then four numbers for each column (see {@link #perColumn}). */
  String aggregates(String source, List<ColumnType> columns) {
    var select = new ArrayList<String>();
    select.add("count(*)");
    columns.forEach(column -> select.addAll(perColumn(column)));
    return "SELECT " + String.join(", ", select) + " FROM " + source;
  }

  /** Values present, distinct values, smallest, largest. */
  private List<String> perColumn(ColumnType column) {
    String name = quoted(column.name());
    return switch (column.family()) {
      case NUMBER, TIME ->
        List.of(
            "count(" + name + ")",
            "count(DISTINCT " + name + ")",
            "min(" + name + ")",
            "max(" + name + ")");
      case TEXT ->
        List.of(
            "count(" + name + ")",
            "count(DISTINCT " + name + ")",
            "min(" + length(name) + ")",
            "max(" + length(name) + ")");
      case BOOLEAN ->
        List.of("count(" + name + ")", "count(DISTINCT " + name + ")", "NULL", "NULL");
      // Not every such type can be compared (PostgreSQL's json and point cannot), its text can.
      case OTHER ->
        List.of("count(" + name + ")", "count(DISTINCT " + asText(name) + ")", "NULL", "NULL");
      case BINARY -> List.of("count(" + name + ")", "NULL", "NULL", "NULL");
    };
  }

  /** The most frequent values with their counts; equal counts in the order of the values. */
  String frequentValues(String source, ColumnType column, int limit) {
    String value = column.family() == ValueFamily.OTHER
        ? asText(quoted(column.name()))
        : quoted(column.name());
    return "SELECT " + value + ", count(*) FROM " + source + " WHERE " + quoted(column.name())
        + " IS NOT NULL GROUP BY " + value + " ORDER BY count(*) DESC, " + value
        + (dialect == Dialect.GENERIC || dialect == Dialect.ORACLE || dialect == Dialect.SQLSERVER
            ? " FETCH FIRST " + limit + " ROWS ONLY"
            : " LIMIT " + limit);
  }

  private String length(String expression) {
    return switch (dialect) {
      // length() counts bytes there.
      case MARIADB, MYSQL -> "char_length(" + expression + ")";
      case SQLSERVER -> "len(" + expression + ")";
      // An enum is text to the driver, but has no length.
      case POSTGRESQL -> "length(" + asText(expression) + ")";
      default -> "length(" + expression + ")";
    };
  }

  private String asText(String expression) {
    return switch (dialect) {
      case POSTGRESQL, SQLITE -> "CAST(" + expression + " AS text)";
      case MARIADB, MYSQL -> "CAST(" + expression + " AS char)";
      default -> "CAST(" + expression + " AS varchar(4000))";
    };
  }

  /**
   * A column and what kind of values it holds.
   *
   * @param name the column
   * @param family its kind
   */
  record ColumnType(String name, ValueFamily family) {}
}
