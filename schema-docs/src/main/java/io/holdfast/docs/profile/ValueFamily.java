package io.holdfast.docs.profile;

import java.sql.Types;
import java.util.Locale;

/** Kinds of values, as far as they decide which questions make sense. */
public enum ValueFamily {
  NUMBER,
  TEXT,
  TIME,
  BOOLEAN,
  /** Bytes: counted, never shown. */
  BINARY,
  /** Documents, identifiers, arrays and whatever else a server has: shown as its text form. */
  OTHER;

  /** The family of a column, by its JDBC type and what the server calls the type. */
  static ValueFamily of(int jdbcType, String typeName) {
    String name = typeName.toLowerCase(Locale.ROOT);
    if (name.equals("uuid") || name.startsWith("json") || name.equals("xml")) {
      return OTHER;
    }
    return switch (jdbcType) {
      case Types.TINYINT,
          Types.SMALLINT,
          Types.INTEGER,
          Types.BIGINT,
          Types.REAL,
          Types.FLOAT,
          Types.DOUBLE,
          Types.NUMERIC,
          Types.DECIMAL -> NUMBER;
      case Types.CHAR,
          Types.VARCHAR,
          Types.LONGVARCHAR,
          Types.NCHAR,
          Types.NVARCHAR,
          Types.LONGNVARCHAR,
          Types.CLOB,
          Types.NCLOB -> textOrTime(name);
      case Types.DATE,
          Types.TIME,
          Types.TIMESTAMP,
          Types.TIME_WITH_TIMEZONE,
          Types.TIMESTAMP_WITH_TIMEZONE -> TIME;
      case Types.BOOLEAN -> BOOLEAN;
      // PostgreSQL's driver calls a boolean a BIT, and so does MariaDB's for one bit.
      case Types.BIT -> name.startsWith("bool") ? BOOLEAN : OTHER;
      case Types.BINARY, Types.VARBINARY, Types.LONGVARBINARY, Types.BLOB -> BINARY;
      default -> OTHER;
    };
  }

  // SQLite stores times as ISO texts; the declared type tells, and such texts sort like times.
  private static ValueFamily textOrTime(String typeName) {
    return typeName.startsWith("date") || typeName.startsWith("time") ? TIME : TEXT;
  }
}
