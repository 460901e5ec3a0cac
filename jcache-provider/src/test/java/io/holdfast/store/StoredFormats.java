package io.holdfast.store;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.zip.GZIPInputStream;

/** The stored files of older formats, and what there is to say about the schema of any file. */
final class StoredFormats {

  private StoredFormats() {}

  /** Unpacks the stored file of this format into the directory, as {@code cache.db}. */
  static Path unpack(int format, Path directory) throws IOException {
    Path file = StoreFixture.fileIn(directory);
    String name = "formats/format-" + format + ".db.gz";
    try (InputStream packed = StoredFormats.class.getResourceAsStream(name);
        InputStream unpacked = new GZIPInputStream(packed)) {
      Files.copy(unpacked, file, StandardCopyOption.REPLACE_EXISTING);
    }
    return file;
  }

  static Connection connect(Path file) throws SQLException {
    return DriverManager.getConnection("jdbc:sqlite:" + file);
  }

  static long format(Path file) throws SQLException {
    try (Connection connection = connect(file)) {
      return Pragmas.readLong(connection, "PRAGMA user_version");
    }
  }

  /** Each object of the schema in a line: columns of tables and indexes, text of views. */
  static List<String> schema(Path file) throws SQLException {
    try (Connection connection = connect(file)) {
      List<String> lines = rows(connection, """
          SELECT s.type, s.name, s.tbl_name, x.cid, x.name, x.type, x."notnull", x.dflt_value, x.pk, x.hidden
          FROM sqlite_schema AS s JOIN pragma_table_xinfo(s.name) AS x WHERE s.type IN ('table', 'view')
          ORDER BY s.name, x.cid
          """);
      lines.addAll(rows(connection, """
          SELECT s.type, s.name, s.tbl_name, x.seqno, x.name, x."desc", x.coll, x."key"
          FROM sqlite_schema AS s JOIN pragma_index_xinfo(s.name) AS x WHERE s.type = 'index'
          ORDER BY s.name, x.seqno
          """));
      lines.addAll(rows(
          connection, "SELECT name, sql FROM sqlite_schema WHERE type <> 'table' ORDER BY name"));
      lines.addAll(rows(connection, "PRAGMA application_id"));
      lines.addAll(rows(connection, "PRAGMA user_version"));
      return lines;
    }
  }

  static List<String> rows(Connection connection, String sql) throws SQLException {
    List<String> lines = new ArrayList<>();
    try (var statement = connection.createStatement();
        ResultSet row = statement.executeQuery(sql)) {
      while (row.next()) {
        List<String> cells = new ArrayList<>();
        for (int i = 1; i <= row.getMetaData().getColumnCount(); i++) {
          cells.add(row.getString(i));
        }
        lines.add(String.join("|", cells.stream().map(String::valueOf).toList()));
      }
    }
    return lines;
  }
}
