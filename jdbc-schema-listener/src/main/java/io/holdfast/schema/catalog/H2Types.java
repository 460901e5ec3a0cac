package io.holdfast.schema.catalog;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * The types of H2's columns with length, precision, scale, elements, fields and labels. The catalog
 * tells them piece by piece: the elements of an array and the fields of a row are rows of their own.
 */
final class H2Types {

  private static final String LABELS = """
      SELECT OBJECT_SCHEMA, OBJECT_NAME, ENUM_IDENTIFIER, VALUE_NAME
        FROM INFORMATION_SCHEMA.ENUM_VALUES WHERE OBJECT_TYPE = 'TABLE' ORDER BY VALUE_ORDINAL
      """;

  private static final String ELEMENTS =
      "SELECT * FROM INFORMATION_SCHEMA.ELEMENT_TYPES WHERE OBJECT_TYPE = 'TABLE'";

  private static final String FIELDS = """
      SELECT * FROM INFORMATION_SCHEMA.FIELDS WHERE OBJECT_TYPE = 'TABLE' ORDER BY ORDINAL_POSITION
      """;

  /** One piece of a type: {@code identifier} names it within its table. */
  private record Piece(String schema, String table, String identifier) {}

  private record Text(Piece piece, String plain) {}

  private record Field(String name, Text type) {}

  private final Map<Piece, List<String>> labels = new HashMap<>();
  private final Map<Piece, Text> elements = new HashMap<>();
  private final Map<Piece, List<Field>> fields = new HashMap<>();

  private H2Types() {}

  static H2Types read(Connection connection) throws SQLException {
    var types = new H2Types();
    CatalogQuery.each(
        connection,
        LABELS,
        row -> types
            .labels
            .computeIfAbsent(object(row, "ENUM_IDENTIFIER"), piece -> new ArrayList<>())
            .add("'" + row.getString("VALUE_NAME").replace("'", "''") + "'"));
    CatalogQuery.each(
        connection,
        ELEMENTS,
        row -> types.elements.put(
            object(row, "COLLECTION_TYPE_IDENTIFIER"),
            new Text(object(row, "DTD_IDENTIFIER"), plain(row))));
    CatalogQuery.each(
        connection,
        FIELDS,
        row -> types
            .fields
            .computeIfAbsent(object(row, "ROW_IDENTIFIER"), piece -> new ArrayList<>())
            .add(new Field(
                row.getString("FIELD_NAME"), new Text(object(row, "DTD_IDENTIFIER"), plain(row)))));
    return types;
  }

  private static Piece object(ResultSet row, String identifier) throws SQLException {
    return new Piece(
        row.getString("OBJECT_SCHEMA"), row.getString("OBJECT_NAME"), row.getString(identifier));
  }

  /** The type of a column, of a row of INFORMATION_SCHEMA.COLUMNS. */
  String ofColumn(ResultSet row) throws SQLException {
    var piece = new Piece(
        row.getString("TABLE_SCHEMA"),
        row.getString("TABLE_NAME"),
        row.getString("DTD_IDENTIFIER"));
    return whole(new Text(piece, plain(row)));
  }

  private String whole(Text type) {
    Piece piece = type.piece();
    if (type.plain().equals("ENUM")) {
      return "ENUM(" + String.join(", ", labels.getOrDefault(piece, List.of())) + ")";
    } else if (type.plain().startsWith("ARRAY[")) {
      Text element = elements.get(piece);
      return (element == null ? "" : whole(element) + " ") + type.plain();
    } else if (type.plain().equals("ROW")) {
      var texts = new ArrayList<String>();
      for (Field field : fields.getOrDefault(piece, List.of())) {
        texts.add(H2Names.quoted(field.name()) + " " + whole(field.type()));
      }
      return "ROW(" + String.join(", ", texts) + ")";
    }
    return type.plain();
  }

  private static String plain(ResultSet row) throws SQLException {
    String type = row.getString("DATA_TYPE");
    return switch (type) {
      case "ARRAY" -> "ARRAY[" + row.getString("MAXIMUM_CARDINALITY") + "]";
      case "NUMERIC", "DECIMAL" ->
        type + "(" + row.getInt("NUMERIC_PRECISION") + ", " + row.getInt("NUMERIC_SCALE") + ")";
      case "DECFLOAT" -> type + "(" + row.getInt("NUMERIC_PRECISION") + ")";
      case "GEOMETRY" ->
        type
            + CatalogQuery.some(" ", row.getString("GEOMETRY_TYPE"))
            + CatalogQuery.some(" ", row.getString("GEOMETRY_SRID"));
      default -> {
        if (type.startsWith("INTERVAL")) {
          yield "INTERVAL " + row.getString("INTERVAL_TYPE")
              + "(" + row.getInt("INTERVAL_PRECISION") + ", " + row.getInt("DATETIME_PRECISION")
              + ")";
        } else if (type.startsWith("TIME")) {
          yield type.replaceFirst(
              "^(TIMESTAMP|TIME)", "$1(" + row.getInt("DATETIME_PRECISION") + ")");
        } else if (row.getString("CHARACTER_MAXIMUM_LENGTH") != null) {
          yield type + "(" + row.getString("CHARACTER_MAXIMUM_LENGTH") + ")";
        }
        yield type;
      }
    };
  }
}
