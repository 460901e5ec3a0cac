package io.holdfast.soak;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import org.h2.tools.Server;

/** A database server in this process, for all of them. */
final class Database implements AutoCloseable {
  private final Connection connection;
  private final Server server;

  private Database(Connection connection, Server server) {
    this.connection = connection;
    this.server = server;
  }

  static Database start() throws SQLException {
    Connection connection =
        DriverManager.getConnection("jdbc:h2:mem:soak;DB_CLOSE_DELAY=-1", "sa", "");
    try (Statement statement = connection.createStatement()) {
      for (int process = 0; process < Owner.PROCESSES; process++) {
        statement.execute("CREATE TABLE " + AnswerActivity.table(process) + " (C0 INTEGER)");
      }
    }
    return new Database(connection, Server.createTcpServer("-tcpPort", "0").start());
  }

  int port() {
    return server.getPort();
  }

  @Override
  public void close() throws SQLException {
    server.stop();
    try (Statement statement = connection.createStatement()) {
      statement.execute("SHUTDOWN");
    }
    connection.close();
  }
}
