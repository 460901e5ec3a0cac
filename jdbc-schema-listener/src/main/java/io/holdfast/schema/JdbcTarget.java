package io.holdfast.schema;

import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What a JDBC URL says about where the database is; never a password, whichever way the URL carries it.
 *
 * @param dialect by the URL's prefix, {@link Dialect#GENERIC} if the prefix says nothing
 * @param host empty for files and memory
 * @param port 0 where there is none
 * @param database name, path, or what comes nearest
 * @param user from the URL's parameters, or empty
 */
record JdbcTarget(Dialect dialect, String host, int port, String database, String user) {

  private static final Map<String, Dialect> DIALECTS = Map.of(
      "postgresql", Dialect.POSTGRESQL,
      "mysql", Dialect.MYSQL,
      "mariadb", Dialect.MARIADB,
      "sqlite", Dialect.SQLITE,
      "h2", Dialect.H2,
      "oracle", Dialect.ORACLE,
      "sqlserver", Dialect.SQLSERVER);

  private static final Map<Dialect, Integer> PORTS = Map.of(
      Dialect.POSTGRESQL, 5432,
      Dialect.MYSQL, 3306,
      Dialect.MARIADB, 3306,
      Dialect.ORACLE, 1521,
      Dialect.SQLSERVER, 1433);

  private static final Pattern USER =
      Pattern.compile("[?&;]user(?:name)?=([^&;]*)", Pattern.CASE_INSENSITIVE);
  private static final Pattern DATABASE =
      Pattern.compile(";database(?:Name)?=([^;]*)", Pattern.CASE_INSENSITIVE);
  private static final Pattern LAST_PORT = Pattern.compile("(.*):(\\d{1,5})");

  static JdbcTarget parse(String url) {
    String rest = url.regionMatches(true, 0, "jdbc:", 0, 5) ? url.substring(5) : url;
    int colon = rest.indexOf(':');
    String engine = colon < 0 ? rest : rest.substring(0, colon).toLowerCase(Locale.ROOT);
    Dialect dialect = DIALECTS.getOrDefault(engine, Dialect.GENERIC);
    String place = colon < 0 ? "" : rest.substring(colon + 1);
    Matcher user = USER.matcher(place);
    String userName = user.find() ? user.group(1) : "";
    if (dialect == Dialect.SQLITE || dialect == Dialect.H2) {
      // H2's parameters, a password maybe among them, end
      // here; SQLite's say whether it is a file at all.
      String file = dialect == Dialect.H2 ? place.split(";", 2)[0] : place;
      return new JdbcTarget(dialect, "", 0, file, userName);
    }
    Matcher database = DATABASE.matcher(place);
    String named = database.find() ? database.group(1) : "";
    String plain = place.split("[?;]", 2)[0];
    int slashes = plain.indexOf("//");
    if (slashes < 0) {
      // jdbc:postgresql:shop is a database on the local
      // host; of the rest, nothing before an @ is kept.
      String tail = plain.substring(plain.lastIndexOf('@') + 1);
      boolean local = dialect == Dialect.POSTGRESQL;
      return new JdbcTarget(
          dialect,
          local ? "localhost" : "",
          local ? 5432 : 0,
          local && tail.isEmpty() ? userName : tail,
          userName);
    }
    String after = plain.substring(slashes + 2);
    int slash = after.indexOf('/');
    String authority = slash < 0 ? after : after.substring(0, slash);
    authority = authority.substring(authority.lastIndexOf('@') + 1);
    String name = slash < 0 ? named : after.substring(slash + 1);
    int port = PORTS.getOrDefault(dialect, 0);
    Matcher withPort = LAST_PORT.matcher(authority);
    if (!authority.contains(",") && withPort.matches()) {
      authority = withPort.group(1);
      port = Integer.parseInt(withPort.group(2));
    }
    return new JdbcTarget(
        dialect,
        authority.isEmpty() ? "localhost" : authority.toLowerCase(Locale.ROOT),
        port,
        name,
        userName);
  }
}
