package io.holdfast.schema;

/** The SQL dialects that are told apart; {@link #GENERIC} is everything else that speaks JDBC. */
public enum Dialect {
  POSTGRESQL,
  MYSQL,
  MARIADB,
  SQLITE,
  H2,
  ORACLE,
  SQLSERVER,
  GENERIC
}
