package io.holdfast.docs.demo;

import io.holdfast.docs.run.RunException;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Properties;
import org.jspecify.annotations.Nullable;

/** The sample shop in a running database of its own. Stops what it started when it is closed. */
final class DemoDatabase implements AutoCloseable {
  private final DemoEngine engine;
  private final String url;
  private final String user;
  private final String description;
  private final @Nullable EmbeddedPostgres server;

  private DemoDatabase(
      DemoEngine engine,
      String url,
      String user,
      String description,
      @Nullable EmbeddedPostgres server) {
    this.engine = engine;
    this.url = url;
    this.user = user;
    this.description = description;
    this.server = server;
  }

  /**
   * Starts the engine with its files in this directory and fills the shop.
   *
   * @param directory an existing, empty directory
   * @throws RunException if the engine does not start here; says why and what to do instead
   */
  static DemoDatabase start(DemoEngine engine, Path directory) throws RunException, SQLException {
    DemoDatabase database = switch (engine) {
      case POSTGRESQL -> postgres(directory);
      case SQLITE ->
        new DemoDatabase(
            engine, "jdbc:sqlite:" + directory.resolve("shop.sqlite"), "", "SQLite", null);
      // Two processes take turns with the file; AUTO_SERVER would let them share it, but opens
      // a port for everybody on the machine.
      case H2 ->
        new DemoDatabase(engine, "jdbc:h2:file:" + directory.resolve("shop"), "sa", "H2", null);
    };
    try (Connection connection = database.plainConnection()) {
      ShopData.load(connection, engine);
      return database;
    } catch (SQLException | RuntimeException e) {
      database.close();
      throw e;
    }
  }

  /** The shop that another process has started; closing it stops nothing. */
  static DemoDatabase running(DemoEngine engine, String url, String user) {
    return new DemoDatabase(engine, url, user, engine.name(), null);
  }

  private static DemoDatabase postgres(Path directory) throws RunException, SQLException {
    EmbeddedPostgres server;
    try {
      server = EmbeddedPostgres.builder()
          .setDataDirectory(directory.resolve("postgresql"))
          .setCleanDataDirectory(false)
          .start();
    } catch (IOException | RuntimeException e) {
      throw new RunException(
          "PostgreSQL could not be started here (" + reason(e)
              + "). The demo also runs with --database sqlite or --database h2.",
          e);
    }
    String url = server.getJdbcUrl("postgres", "postgres").replaceFirst("\\?.*", "");
    try (Connection connection = DriverManager.getConnection(url, "postgres", "");
        Statement statement = connection.createStatement()) {
      statement.execute("CREATE DATABASE shop");
      return new DemoDatabase(
          DemoEngine.POSTGRESQL,
          url.replaceFirst("/postgres$", "/shop"),
          "postgres",
          "PostgreSQL "
              + connection.getMetaData().getDatabaseProductVersion().replaceFirst(" .*", ""),
          server);
    } catch (SQLException | RuntimeException e) {
      stop(server);
      throw e;
    }
  }

  private static String reason(Exception failure) {
    String message = String.valueOf(failure.getMessage());
    if (message.contains("initdb")) {
      return System.getProperty("user.name").equals("root")
          ? "initdb refuses to run as root, and this machine allows no user namespaces"
          : "initdb failed";
    }
    return message.lines().findFirst().orElse("no reason given");
  }

  /** A session of the engine's own driver: what it does, Holdfast does not hear. */
  Connection plainConnection() throws SQLException {
    var properties = new Properties();
    properties.setProperty("user", user);
    if (engine == DemoEngine.POSTGRESQL) {
      // The rows come as text; the server finds out what they are.
      properties.setProperty("stringtype", "unspecified");
      properties.setProperty("reWriteBatchedInserts", "true");
    }
    return DriverManager.getConnection(url, properties);
  }

  /** A session through Holdfast. */
  Connection holdfastConnection() throws SQLException {
    var properties = new Properties();
    properties.setProperty("user", user);
    return DriverManager.getConnection(
        "jdbc:holdfast:" + url.substring("jdbc:".length()), properties);
  }

  DemoEngine engine() {
    return engine;
  }

  String url() {
    return url;
  }

  String user() {
    return user;
  }

  String description() {
    return description;
  }

  @Override
  public void close() {
    if (server != null) {
      stop(server);
    }
  }

  private static void stop(EmbeddedPostgres server) {
    try {
      server.close();
    } catch (IOException e) {
      System.getLogger(DemoDatabase.class.getName())
          .log(System.Logger.Level.WARNING, () -> "the demo's PostgreSQL did not stop cleanly", e);
    }
  }
}
