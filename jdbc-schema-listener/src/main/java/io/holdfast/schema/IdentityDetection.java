package io.holdfast.schema;

import java.io.IOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.sql.Connection;
import java.sql.DatabaseMetaData;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Finds out which database a connection is to. */
final class IdentityDetection {

  private static final Logger LOGGER = System.getLogger(IdentityDetection.class.getName());

  // Restricted on some hosted servers; the database's name alone has to do there.
  private static final List<String> POSTGRES_IDS = List.of(
      "SELECT current_database(), (SELECT system_identifier::text FROM pg_control_system())",
      "SELECT current_database(), ''");
  private static final List<String> MARIADB_IDS =
      List.of("SELECT database(), @@server_uid", "SELECT database(), ''");
  private static final List<String> MYSQL_IDS =
      List.of("SELECT database(), @@server_uuid", "SELECT database(), ''");

  private IdentityDetection() {}

  /**
   * Identifies the database. Asks a server for its own identity over a connection of ours, which blocks
   * for one connect and one query.
   *
   * @throws UnwatchableDatabaseException if no second connection can see this database
   */
  static DatabaseIdentity detect(
      String url,
      String user,
      DatabaseMetaData metadata,
      CatalogConnector connector,
      String schemaFilter)
      throws SQLException {
    JdbcTarget target = JdbcTarget.parse(url);
    Dialect dialect = dialect(target.dialect(), metadata);
    return switch (dialect) {
      case SQLITE -> sqlite(target, schemaFilter);
      case H2 -> h2(target, user, schemaFilter);
      default -> server(target, dialect, user, connector, schemaFilter);
    };
  }

  private static Dialect dialect(Dialect byUrl, DatabaseMetaData metadata) throws SQLException {
    if (byUrl != Dialect.GENERIC && byUrl != Dialect.MYSQL && byUrl != Dialect.MARIADB) {
      return byUrl;
    }
    String product = String.valueOf(metadata.getDatabaseProductName()).toLowerCase(Locale.ROOT);
    if (product.contains("mariadb")) {
      return Dialect.MARIADB;
    } else if (product.contains("mysql")) {
      return Dialect.MYSQL;
    } else if (product.equals("postgresql")) {
      return Dialect.POSTGRESQL;
    }
    return byUrl;
  }

  private static DatabaseIdentity sqlite(JdbcTarget target, String schemaFilter)
      throws SQLException {
    String place = target.database();
    String path = place.startsWith("file:") ? place.substring("file:".length()) : place;
    path = path.split("\\?", 2)[0];
    boolean inMemory = path.isEmpty()
        || path.startsWith(":memory:")
        || place.contains("mode=memory")
        || path.startsWith(":resource:");
    if (inMemory) {
      throw new UnwatchableDatabaseException(
          "an SQLite database in memory is seen by its own connection only, so it cannot be watched");
    }
    try {
      while (place.startsWith("file:") && path.startsWith("//")) {
        path = path.substring(1);
      }
      Path file = Path.of(path).toRealPath();
      Object key = Files.readAttributes(file, BasicFileAttributes.class).fileKey();
      return new DatabaseIdentity(
          Dialect.SQLITE,
          "",
          0,
          file.toString(),
          schemaFilter,
          "",
          key == null ? "" : key.toString());
    } catch (IOException | InvalidPathException e) {
      throw new SQLException("cannot identify the SQLite file " + path, "08001", e);
    }
  }

  private static DatabaseIdentity h2(JdbcTarget target, String user, String schemaFilter)
      throws SQLException {
    String place = target.database().split(";", 2)[0];
    String kind = place.toLowerCase(Locale.ROOT);
    String userName = (user.isEmpty() ? target.user() : user).toUpperCase(Locale.ROOT);
    if (kind.equals("mem:") || kind.equals("mem")) {
      throw new UnwatchableDatabaseException(
          "an unnamed H2 database in memory is seen by its own connection only, so it cannot be watched");
    }
    if (kind.startsWith("tcp:") || kind.startsWith("ssl:")) {
      JdbcTarget server = JdbcTarget.parse("jdbc:" + place);
      int port = server.port() == 0 ? 9092 : server.port();
      return new DatabaseIdentity(
          Dialect.H2, server.host(), port, server.database(), schemaFilter, userName, "");
    }
    if (kind.startsWith("mem:")) {
      return new DatabaseIdentity(Dialect.H2, "", 0, place, schemaFilter, userName, "");
    }
    String path = kind.startsWith("file:") ? place.substring("file:".length()) : place;
    if (path.startsWith("~")) {
      path = System.getProperty("user.home") + path.substring(1);
    }
    return new DatabaseIdentity(
        Dialect.H2,
        "",
        0,
        kind.startsWith("zip:")
            ? place
            : Path.of(path).toAbsolutePath().normalize().toString(),
        schemaFilter,
        userName,
        "");
  }

  private static DatabaseIdentity server(
      JdbcTarget target,
      Dialect dialect,
      String user,
      CatalogConnector connector,
      String schemaFilter) {
    String database = target.database();
    String serverId = "";
    List<String> queries = idQueries(dialect);
    if (!queries.isEmpty()) {
      try (Connection connection = connector.connect()) {
        ServerAnswer answer = ask(connection, queries);
        serverId = answer.serverId();
        database = answer.database() == null ? database : answer.database();
      } catch (SQLException e) {
        LOGGER.log(
            Level.WARNING,
            () -> "the server did not tell its identity; host and port have to do: "
                + e.getMessage());
      }
    }
    return new DatabaseIdentity(
        dialect,
        target.host(),
        target.port(),
        database,
        schemaFilter,
        user.isEmpty() ? target.user() : user,
        serverId);
  }

  private static List<String> idQueries(Dialect dialect) {
    return switch (dialect) {
      case POSTGRESQL -> POSTGRES_IDS;
      case MARIADB -> MARIADB_IDS;
      case MYSQL -> MYSQL_IDS;
      default -> List.of();
    };
  }

  /** Whether a connection is to the server that was identified; true where servers tell no identity. */
  static boolean isStill(DatabaseIdentity identity, Connection connection) throws SQLException {
    List<String> queries = idQueries(identity.dialect());
    return queries.isEmpty()
        || identity.serverId().isEmpty()
        || identity.serverId().equals(ask(connection, queries).serverId());
  }

  private record ServerAnswer(@Nullable String database, String serverId) {}

  private static ServerAnswer ask(Connection connection, List<String> queries) throws SQLException {
    SQLException refused = null;
    for (String query : queries) {
      try (Statement statement = connection.createStatement();
          ResultSet row = statement.executeQuery(query)) {
        row.next();
        String id = row.getString(2);
        return new ServerAnswer(row.getString(1), id == null ? "" : id);
      } catch (SQLException e) {
        refused = e;
      }
    }
    throw refused == null ? new SQLException("nothing to ask") : refused;
  }
}
