package io.holdfast.jdbc;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.SQLWarning;
import java.sql.Statement;
import org.jspecify.annotations.NullUnmarked;

/**
 * Passes each call of {@link Statement} that needs no thought to the driver's object. Written by
 * {@code ForwardingSources} in the test tree: change that, not this.
 */
@NullUnmarked // Null is what the driver makes of it.
@SuppressWarnings("deprecation") // Deprecated methods are passed on like all others.
abstract class ForwardingStatement implements Statement {

  private Statement target;

  ForwardingStatement(Statement target) {
    this.target = target;
  }

  /** The driver's object; after {@code close()} this is what refuses every call. */
  final Statement open() throws SQLException {
    Statement current = target;
    if (current == null) {
      throw UseAfterClose.of("Statement");
    }
    return current;
  }

  /** The driver's object, or null after {@code close()}. */
  final Statement targetOrNull() {
    return target;
  }

  /** Lets go of the driver's object. */
  void detach() {
    target = null;
  }

  /** Opens the execution of a text; {@code done()} ends it. */
  abstract Ledger.Execution executing(String sql) throws SQLException;

  /** The driver has answered; what the caller gets. */
  abstract boolean ran(Ledger.Execution execution, boolean hasResultSet);

  abstract int ran(Ledger.Execution execution, int updateCount);

  abstract long ran(Ledger.Execution execution, long updateCount);

  abstract ResultSet ran(Ledger.Execution execution, ResultSet resultSet);

  @Override
  public void cancel() throws SQLException {
    open().cancel();
  }

  @Override
  public void clearWarnings() throws SQLException {
    open().clearWarnings();
  }

  @Override
  public void closeOnCompletion() throws SQLException {
    open().closeOnCompletion();
  }

  @Override
  public String enquoteIdentifier(String p1, boolean p2) throws SQLException {
    return open().enquoteIdentifier(p1, p2);
  }

  @Override
  public String enquoteLiteral(String p1) throws SQLException {
    return open().enquoteLiteral(p1);
  }

  @Override
  public String enquoteNCharLiteral(String p1) throws SQLException {
    return open().enquoteNCharLiteral(p1);
  }

  @Override
  public boolean execute(String p1, int[] p2) throws SQLException {
    Ledger.Execution execution = executing(p1);
    try {
      return ran(execution, open().execute(p1, p2));
    } finally {
      execution.done();
    }
  }

  @Override
  public boolean execute(String p1, String[] p2) throws SQLException {
    Ledger.Execution execution = executing(p1);
    try {
      return ran(execution, open().execute(p1, p2));
    } finally {
      execution.done();
    }
  }

  @Override
  public boolean execute(String p1, int p2) throws SQLException {
    Ledger.Execution execution = executing(p1);
    try {
      return ran(execution, open().execute(p1, p2));
    } finally {
      execution.done();
    }
  }

  @Override
  public boolean execute(String p1) throws SQLException {
    Ledger.Execution execution = executing(p1);
    try {
      return ran(execution, open().execute(p1));
    } finally {
      execution.done();
    }
  }

  @Override
  public long executeLargeUpdate(String p1, int[] p2) throws SQLException {
    Ledger.Execution execution = executing(p1);
    try {
      return ran(execution, open().executeLargeUpdate(p1, p2));
    } finally {
      execution.done();
    }
  }

  @Override
  public long executeLargeUpdate(String p1, String[] p2) throws SQLException {
    Ledger.Execution execution = executing(p1);
    try {
      return ran(execution, open().executeLargeUpdate(p1, p2));
    } finally {
      execution.done();
    }
  }

  @Override
  public long executeLargeUpdate(String p1, int p2) throws SQLException {
    Ledger.Execution execution = executing(p1);
    try {
      return ran(execution, open().executeLargeUpdate(p1, p2));
    } finally {
      execution.done();
    }
  }

  @Override
  public long executeLargeUpdate(String p1) throws SQLException {
    Ledger.Execution execution = executing(p1);
    try {
      return ran(execution, open().executeLargeUpdate(p1));
    } finally {
      execution.done();
    }
  }

  @Override
  public ResultSet executeQuery(String p1) throws SQLException {
    Ledger.Execution execution = executing(p1);
    try {
      return ran(execution, open().executeQuery(p1));
    } finally {
      execution.done();
    }
  }

  @Override
  public int executeUpdate(String p1, int[] p2) throws SQLException {
    Ledger.Execution execution = executing(p1);
    try {
      return ran(execution, open().executeUpdate(p1, p2));
    } finally {
      execution.done();
    }
  }

  @Override
  public int executeUpdate(String p1, String[] p2) throws SQLException {
    Ledger.Execution execution = executing(p1);
    try {
      return ran(execution, open().executeUpdate(p1, p2));
    } finally {
      execution.done();
    }
  }

  @Override
  public int executeUpdate(String p1, int p2) throws SQLException {
    Ledger.Execution execution = executing(p1);
    try {
      return ran(execution, open().executeUpdate(p1, p2));
    } finally {
      execution.done();
    }
  }

  @Override
  public int executeUpdate(String p1) throws SQLException {
    Ledger.Execution execution = executing(p1);
    try {
      return ran(execution, open().executeUpdate(p1));
    } finally {
      execution.done();
    }
  }

  @Override
  public int getFetchDirection() throws SQLException {
    return open().getFetchDirection();
  }

  @Override
  public int getFetchSize() throws SQLException {
    return open().getFetchSize();
  }

  @Override
  public long getLargeMaxRows() throws SQLException {
    return open().getLargeMaxRows();
  }

  @Override
  public long getLargeUpdateCount() throws SQLException {
    return open().getLargeUpdateCount();
  }

  @Override
  public int getMaxFieldSize() throws SQLException {
    return open().getMaxFieldSize();
  }

  @Override
  public int getMaxRows() throws SQLException {
    return open().getMaxRows();
  }

  @Override
  public int getQueryTimeout() throws SQLException {
    return open().getQueryTimeout();
  }

  @Override
  public int getResultSetConcurrency() throws SQLException {
    return open().getResultSetConcurrency();
  }

  @Override
  public int getResultSetHoldability() throws SQLException {
    return open().getResultSetHoldability();
  }

  @Override
  public int getResultSetType() throws SQLException {
    return open().getResultSetType();
  }

  @Override
  public int getUpdateCount() throws SQLException {
    return open().getUpdateCount();
  }

  @Override
  public SQLWarning getWarnings() throws SQLException {
    return open().getWarnings();
  }

  @Override
  public boolean isCloseOnCompletion() throws SQLException {
    return open().isCloseOnCompletion();
  }

  @Override
  public boolean isPoolable() throws SQLException {
    return open().isPoolable();
  }

  @Override
  public boolean isSimpleIdentifier(String p1) throws SQLException {
    return open().isSimpleIdentifier(p1);
  }

  @Override
  public void setCursorName(String p1) throws SQLException {
    open().setCursorName(p1);
  }

  @Override
  public void setEscapeProcessing(boolean p1) throws SQLException {
    open().setEscapeProcessing(p1);
  }

  @Override
  public void setFetchDirection(int p1) throws SQLException {
    open().setFetchDirection(p1);
  }

  @Override
  public void setFetchSize(int p1) throws SQLException {
    open().setFetchSize(p1);
  }

  @Override
  public void setLargeMaxRows(long p1) throws SQLException {
    open().setLargeMaxRows(p1);
  }

  @Override
  public void setMaxFieldSize(int p1) throws SQLException {
    open().setMaxFieldSize(p1);
  }

  @Override
  public void setMaxRows(int p1) throws SQLException {
    open().setMaxRows(p1);
  }

  @Override
  public void setPoolable(boolean p1) throws SQLException {
    open().setPoolable(p1);
  }

  @Override
  public void setQueryTimeout(int p1) throws SQLException {
    open().setQueryTimeout(p1);
  }
}
