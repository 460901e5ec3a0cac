package io.holdfast.jdbc.ddl;

import io.holdfast.jdbc.ddl.CatalogWitness.Testimony;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import org.jspecify.annotations.Nullable;

/** Runs statements on a real server and labels each by what it did to the catalog. */
final class StatementLabeller {

  /**
   * What a statement did.
   *
   * @param changes whether the structure of a permanent relation differed afterwards
   * @param wide whether any object of the catalog did
   * @param error what the server said against it, or null
   */
  record Label(boolean changes, boolean wide, @Nullable String error) {}

  private final Connection connection;
  private final CatalogWitness witness;
  private @Nullable Testimony before;

  StatementLabeller(Connection connection, CatalogWitness witness) {
    this.connection = connection;
    this.witness = witness;
  }

  /** Runs the text in this session, and compares. A failed statement may have changed something, too. */
  Label run(String sql) throws SQLException {
    Testimony then = before == null ? witness.ask(connection) : before;
    String error = null;
    try (Statement statement = connection.createStatement()) {
      statement.setEscapeProcessing(false);
      boolean hasRows = statement.execute(sql);
      while (hasRows || statement.getUpdateCount() != -1) {
        hasRows = statement.getMoreResults();
      }
    } catch (SQLException e) {
      error = e.getMessage();
    }
    Testimony now;
    try {
      now = witness.ask(connection);
    } catch (SQLException e) {
      // A transaction that has failed answers nothing, and what it did will be undone.
      before = null;
      try (Statement statement = connection.createStatement()) {
        statement.execute("ROLLBACK");
      }
      return new Label(false, false, error == null ? e.getMessage() : error);
    }
    before = now;
    boolean changes = !now.structure().equals(then.structure());
    return new Label(changes, changes || !now.other().equals(then.other()), error);
  }
}
