package io.holdfast.schema.catalog;

import io.holdfast.schema.TableName;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Runs a query without parameters and hands over its rows. */
final class CatalogQuery {

  interface RowReader {
    void read(ResultSet row) throws SQLException;
  }

  interface TableRowReader {
    void read(ResultSet row, TableAssembly table) throws SQLException;
  }

  private CatalogQuery() {}

  static void each(Connection connection, String sql, RowReader reader) throws SQLException {
    try (PreparedStatement statement = connection.prepareStatement(sql);
        ResultSet row = statement.executeQuery()) {
      while (row.next()) {
        reader.read(row);
      }
    }
  }

  /** Rows with TABLE_SCHEMA and TABLE_NAME, those of the tables that are being assembled. */
  static void eachOf(
      Connection connection,
      String sql,
      Map<TableName, TableAssembly> tables,
      TableRowReader reader)
      throws SQLException {
    each(connection, sql, row -> {
      TableAssembly table =
          tables.get(new TableName(row.getString("TABLE_SCHEMA"), row.getString("TABLE_NAME")));
      if (table != null) {
        reader.read(row, table);
      }
    });
  }

  /** The text after a label, or nothing. */
  static String some(String label, @Nullable String text) {
    return text == null ? "" : label + text;
  }
}
