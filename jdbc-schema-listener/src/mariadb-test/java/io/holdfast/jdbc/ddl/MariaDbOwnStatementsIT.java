package io.holdfast.jdbc.ddl;

import io.holdfast.schema.Dialect;
import io.holdfast.schema.MariaDbServer;
import java.sql.Connection;
import java.sql.DriverManager;
import org.junit.jupiter.api.Test;

/** Property: whatever MariaDB's catalog shows to have changed is a yes or a maybe. */
class MariaDbOwnStatementsIT {

  @Test
  void recognise_whatChangedOnMariaDb_isNeverMissed() throws Exception {
    MariaDbServer server = MariaDbServer.start();
    try (Connection connection =
        DriverManager.getConnection(server.newDatabase() + "&allowMultiQueries=true")) {
      OwnStatementsIT.assertJudged(Dialect.MARIADB, connection, CatalogWitnesses.MARIADB);
    } finally {
      server.stop();
    }
  }
}
