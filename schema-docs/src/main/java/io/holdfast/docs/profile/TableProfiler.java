package io.holdfast.docs.profile;

import io.holdfast.docs.profile.ColumnProfile.ValueCount;
import io.holdfast.docs.profile.ProfileSql.ColumnType;
import io.holdfast.schema.Dialect;
import io.holdfast.schema.TableName;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.ResultSetMetaData;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Looks at the rows of tables, over one connection in auto-commit mode, so that a query that fails
 * takes nothing else with it.
 *
 * <p>A table costs one query for its column types, one for the aggregates of all columns, one for
 * example rows, and one for each column that repeats its values. A table larger than the sample is
 * judged by its first rows as the server returns them, and counted if the time allows.
 */
public final class TableProfiler {
  private static final int EXAMPLES = 3;
  private static final int MAX_VALUE_CHARS = 40;

  private final Connection connection;
  private final ProfileSettings settings;
  private final ProfileSql sql;

  /**
   * Profiles over this connection, which stays the caller's.
   *
   * @throws SQLException if the driver cannot tell how it quotes names
   */
  public TableProfiler(Connection connection, Dialect dialect, ProfileSettings settings)
      throws SQLException {
    this.connection = connection;
    this.settings = settings;
    this.sql = new ProfileSql(dialect, connection.getMetaData().getIdentifierQuoteString());
  }

  /**
   * Profiles one table. Blocks for the server, at most about the time that the settings allow; what
   * is missing by then is said in the remarks.
   *
   * @throws SQLException if the table cannot be read at all
   */
  public TableProfile profile(TableName table) throws SQLException {
    try (Deadline deadline = Deadline.in(settings.perTable())) {
      return profile(table, deadline);
    }
  }

  private TableProfile profile(TableName table, Deadline deadline) throws SQLException {
    List<ColumnType> types = query(deadline, sql.columnTypes(table), TableProfiler::columnTypes);
    var remarks = new ArrayList<String>();
    int limit = settings.sampleRows();
    // One row more than the sample tells whether there is more, without counting a huge table.
    String source = sql.sample(table, limit == Integer.MAX_VALUE ? limit : limit + 1);
    Aggregates aggregates = aggregates(source, types, deadline, remarks);
    long rowsRead = aggregates.rows();
    long rowCount = rowsRead;
    boolean exact = rowsRead <= limit && aggregates.complete();
    if (!exact) {
      Long counted = count(table, deadline, remarks);
      if (counted != null) {
        exact = true;
        rowCount = counted;
      }
    }
    List<ColumnProfile> columns = settings.showValues()
        ? withValues(
            table,
            // All of a small table was read: no reason to cut it to size once more for each column.
            rowsRead <= limit ? sql.table(table) : source,
            aggregates.columns(),
            rowsRead,
            deadline,
            remarks)
        : aggregates.columns().stream().map(TableProfiler::withoutRange).toList();
    return new TableProfile(rowCount, exact, rowsRead, columns, remarks);
  }

  private static List<ColumnType> columnTypes(ResultSet none) throws SQLException {
    ResultSetMetaData meta = none.getMetaData();
    var types = new ArrayList<ColumnType>();
    for (int i = 1; i <= meta.getColumnCount(); i++) {
      types.add(new ColumnType(
          meta.getColumnName(i), ValueFamily.of(meta.getColumnType(i), meta.getColumnTypeName(i))));
    }
    return types;
  }

  private Aggregates aggregates(
      String source, List<ColumnType> types, Deadline deadline, List<String> remarks)
      throws SQLException {
    try {
      return query(deadline, sql.aggregates(source, types), rows -> Aggregates.read(rows, types));
    } catch (SQLException e) {
      if (deadline.isOver()) {
        remarks.add("The rows could not be summarised within "
            + settings.perTable().toSeconds() + " seconds.");
        return Aggregates.NONE;
      }
      // One column whose type knows no such question must not cost the others their numbers.
      return oneByOne(source, types, deadline, remarks);
    }
  }

  private Aggregates oneByOne(
      String source, List<ColumnType> types, Deadline deadline, List<String> remarks)
      throws SQLException {
    Aggregates found = query(
        deadline, sql.aggregates(source, List.of()), rows -> Aggregates.read(rows, List.of()));
    var columns = new ArrayList<ColumnProfile>();
    for (ColumnType type : types) {
      try {
        columns.addAll(query(
                deadline,
                sql.aggregates(source, List.of(type)),
                rows -> Aggregates.read(rows, List.of(type)))
            .columns());
      } catch (SQLException e) {
        remarks.add("Column " + type.name() + " could not be summarised ("
            + (deadline.isOver() ? "out of time" : "SQL state " + e.getSQLState()) + ").");
      }
    }
    return new Aggregates(found.rows(), columns, true);
  }

  private @Nullable Long count(TableName table, Deadline deadline, List<String> remarks) {
    if (!deadline.isOver()) {
      try {
        return query(deadline, sql.count(table), rows -> rows.next() ? rows.getLong(1) : 0L);
      } catch (SQLException e) {
        remarks.add("The rows could not be counted ("
            + (deadline.isOver() ? "out of time" : "SQL state " + e.getSQLState()) + ").");
      }
    }
    return null;
  }

  private List<ColumnProfile> withValues(
      TableName table,
      String source,
      List<ColumnProfile> columns,
      long rowsRead,
      Deadline deadline,
      List<String> remarks) {
    List<List<ValueCount>> examples = examples(table, columns, deadline, remarks);
    var complete = new ArrayList<ColumnProfile>();
    int unfinished = 0;
    for (int i = 0; i < columns.size(); i++) {
      ColumnProfile column = columns.get(i);
      List<ValueCount> values = examples.get(i);
      if (repeatsItself(column, rowsRead)) {
        List<ValueCount> frequent = frequentValues(source, column, deadline);
        unfinished += frequent.isEmpty() ? 1 : 0;
        values = frequent.isEmpty() ? values : frequent;
      }
      complete.add(column.withValues(values));
    }
    if (unfinished > 0) {
      remarks.add("Frequent values are missing for " + unfinished + " of the columns"
          + (deadline.isOver() ? " (out of time)." : "."));
    }
    return complete;
  }

  // Frequencies say something only where values repeat; a name that two people share is no pattern.
  private static boolean repeatsItself(ColumnProfile column, long rowsRead) {
    return column.family() != ValueFamily.BINARY
        && column.distinct() != null
        && column.distinct() > 0
        && column.distinct() <= Math.max(2, (rowsRead - column.nulls()) / 4);
  }

  private List<ValueCount> frequentValues(String source, ColumnProfile column, Deadline deadline) {
    if (deadline.isOver()) {
      return List.of();
    }
    var type = new ColumnType(column.name(), column.family());
    try {
      return query(deadline, sql.frequentValues(source, type, settings.frequentValues()), rows -> {
        var values = new ArrayList<ValueCount>();
        while (rows.next()) {
          String text = text(rows, 1, column.family());
          values.add(new ValueCount(text == null ? "" : text, rows.getLong(2)));
        }
        return values;
      });
    } catch (SQLException e) {
      return List.of();
    }
  }

  /** Up to three different values for each column, from the first rows of the table. */
  private List<List<ValueCount>> examples(
      TableName table, List<ColumnProfile> columns, Deadline deadline, List<String> remarks) {
    List<List<ValueCount>> none = new ArrayList<>();
    columns.forEach(column -> none.add(List.of()));
    if (deadline.isOver()) {
      return none;
    }
    try {
      return query(deadline, sql.firstRows(table, EXAMPLES * 4), rows -> {
        List<List<ValueCount>> found = new ArrayList<>();
        columns.forEach(column -> found.add(new ArrayList<>()));
        while (rows.next()) {
          for (int i = 0; i < columns.size(); i++) {
            ColumnProfile column = columns.get(i);
            if (column.family() == ValueFamily.BINARY || found.get(i).size() == EXAMPLES) {
              continue;
            }
            String text = text(rows, rows.findColumn(column.name()), column.family());
            if (text != null && !found.get(i).contains(new ValueCount(text, 0))) {
              found.get(i).add(new ValueCount(text, 0));
            }
          }
        }
        return found;
      });
    } catch (SQLException e) {
      remarks.add("Example values could not be read ("
          + (deadline.isOver() ? "out of time" : "SQL state " + e.getSQLState()) + ").");
      return none;
    }
  }

  private static ColumnProfile withoutRange(ColumnProfile column) {
    return new ColumnProfile(
        column.name(), column.family(), column.nulls(), column.distinct(), null, null, List.of());
  }

  static @Nullable String text(ResultSet rows, int index, ValueFamily family) throws SQLException {
    if (family == ValueFamily.BOOLEAN) {
      boolean value = rows.getBoolean(index);
      return rows.wasNull() ? null : Boolean.toString(value);
    }
    String text = rows.getString(index);
    if (text == null || text.length() <= MAX_VALUE_CHARS) {
      return text;
    }
    // Never between the two halves of a character outside the basic plane.
    int end = Character.isHighSurrogate(text.charAt(MAX_VALUE_CHARS - 2))
        ? MAX_VALUE_CHARS - 2
        : MAX_VALUE_CHARS - 1;
    return text.substring(0, end) + "…";
  }

  private <T> T query(Deadline deadline, String text, ResultWork<T> work) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      return deadline.run(statement, running -> {
        try (ResultSet rows = running.executeQuery(text)) {
          return work.read(rows);
        }
      });
    }
  }

  @FunctionalInterface
  private interface ResultWork<T> {
    T read(ResultSet rows) throws SQLException;
  }

  private record Aggregates(long rows, List<ColumnProfile> columns, boolean complete) {
    static final Aggregates NONE = new Aggregates(0, List.of(), false);

    static Aggregates read(ResultSet result, List<ColumnType> types) throws SQLException {
      result.next();
      long rows = result.getLong(1);
      var columns = new ArrayList<ColumnProfile>();
      for (int i = 0; i < types.size(); i++) {
        int first = 2 + 4 * i;
        ColumnType type = types.get(i);
        long present = result.getLong(first);
        long distinct = result.getLong(first + 1);
        boolean comparable = !result.wasNull();
        ValueFamily plain = type.family() == ValueFamily.TEXT ? ValueFamily.NUMBER : type.family();
        columns.add(new ColumnProfile(
            type.name(),
            type.family(),
            rows - present,
            comparable ? distinct : null,
            hasRange(plain) ? text(result, first + 2, plain) : null,
            hasRange(plain) ? text(result, first + 3, plain) : null,
            List.of()));
      }
      return new Aggregates(rows, columns, true);
    }

    private static boolean hasRange(ValueFamily family) {
      return family == ValueFamily.NUMBER || family == ValueFamily.TIME;
    }
  }
}
