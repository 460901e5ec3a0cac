package io.holdfast.jdbc;

import java.sql.Array;
import java.sql.BatchUpdateException;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A statement whose every way to execute a text passes the ledger. A text that cannot change structure
 * costs one look-up of its judgement.
 */
class ListeningStatement extends ForwardingStatement {

  final ListeningConnection connection;
  private final Ledger ledger;
  private @Nullable LinkedResultSet lastResult;

  /** Made with the first statement added, for most statements never run as a batch. */
  private @Nullable StatementBatch batch;

  /** The text that runs or ran last, unless it was inert. */
  private Judgement executed = Judgement.INERT;

  /**
   * A text that may change structure and has results: some drivers let the server run what stands
   * behind a result no sooner than that has been read.
   */
  private @Nullable Judgement unfinished;

  ListeningStatement(ListeningConnection connection, Statement target) {
    super(target);
    this.connection = connection;
    this.ledger = connection.ledger();
  }

  @Override
  public int[] executeBatch() throws SQLException {
    Ledger.Execution execution = executingBatch();
    try {
      int[] result = open().executeBatch();
      execution.succeeded();
      forgetBatch();
      return result;
    } catch (BatchUpdateException e) {
      execution.ranOnly(batch().ranBefore(e));
      throw e;
    } finally {
      execution.done();
    }
  }

  @Override
  public long[] executeLargeBatch() throws SQLException {
    Ledger.Execution execution = executingBatch();
    try {
      long[] result = open().executeLargeBatch();
      execution.succeeded();
      forgetBatch();
      return result;
    } catch (BatchUpdateException e) {
      execution.ranOnly(batch().ranBefore(e));
      throw e;
    } finally {
      execution.done();
    }
  }

  @Override
  public void addBatch(String sql) throws SQLException {
    open().addBatch(sql);
    batch().add(ledger.judge(sql));
  }

  /** A set of parameters was added to the batch of a prepared statement. */
  final void addedToBatch(Judgement judgement) {
    batch().add(judgement);
  }

  @Override
  public void clearBatch() throws SQLException {
    open().clearBatch();
    forgetBatch();
  }

  private StatementBatch batch() {
    StatementBatch known = batch;
    if (known == null) {
      known = new StatementBatch();
      batch = known;
    }
    return known;
  }

  private void forgetBatch() {
    if (batch != null) {
      batch.clear();
    }
  }

  @Override
  final Ledger.Execution executing(String sql) throws SQLException {
    return executing(ledger.judge(sql));
  }

  /** Opens the execution of a judged text; the caller ends it. */
  final Ledger.Execution executing(Judgement judgement) throws SQLException {
    requireOpen();
    Judgement before = unfinished;
    if (judgement.isInert() && before == null) {
      return Ledger.Execution.NONE;
    }
    executed = judgement;
    unfinished = null;
    Ledger.Execution execution =
        judgement.isInert() ? Ledger.Execution.NONE : ledger.executing(List.of(judgement));
    return before == null ? execution : new AfterResults(execution, ledger.readingOn(before));
  }

  /** Ends the results of an earlier text, too: what stood behind them has run by then. */
  private record AfterResults(Ledger.Execution execution, Ledger.Ending earlier)
      implements Ledger.Execution {

    @Override
    public void ranOnly(int statements) {
      execution.ranOnly(statements);
    }

    @Override
    public void succeeded() {
      execution.succeeded();
    }

    @Override
    public void done() {
      execution.done();
      earlier.done();
    }
  }

  @Override
  final boolean ran(Ledger.Execution execution, boolean hasResultSet) {
    execution.succeeded();
    if (hasResultSet && execution != Ledger.Execution.NONE) {
      unfinished = executed.mayChangeStructure() ? executed : null;
    }
    return hasResultSet;
  }

  @Override
  final int ran(Ledger.Execution execution, int updateCount) {
    execution.succeeded();
    return updateCount;
  }

  @Override
  final long ran(Ledger.Execution execution, long updateCount) {
    execution.succeeded();
    return updateCount;
  }

  @Override
  final @Nullable ResultSet ran(Ledger.Execution execution, @Nullable ResultSet resultSet) {
    ran(execution, resultSet != null);
    return linked(resultSet);
  }

  @Override
  public boolean getMoreResults() throws SQLException {
    Ledger.Ending reading = readingOn();
    try {
      return open().getMoreResults();
    } finally {
      reading.done();
    }
  }

  @Override
  public boolean getMoreResults(int current) throws SQLException {
    Ledger.Ending reading = readingOn();
    try {
      return open().getMoreResults(current);
    } finally {
      reading.done();
    }
  }

  private Ledger.Ending readingOn() {
    Judgement behind = unfinished;
    return behind == null ? Ledger.Ending.NONE : ledger.readingOn(behind);
  }

  private Ledger.Execution executingBatch() throws SQLException {
    requireOpen();
    List<Judgement> judgements = batch == null ? List.of() : batch.judgements();
    return judgements.isEmpty() ? Ledger.Execution.NONE : ledger.executing(judgements);
  }

  /** Some drivers let statements outlive their connection; we do not. */
  private void requireOpen() throws SQLException {
    open();
    connection.open();
  }

  @Override
  public @Nullable ResultSet getResultSet() throws SQLException {
    return linked(open().getResultSet());
  }

  @Override
  public @Nullable ResultSet getGeneratedKeys() throws SQLException {
    ResultSet keys = open().getGeneratedKeys();
    return keys == null ? null : new LinkedResultSet(keys, connection, this, true);
  }

  /** Our result set for the driver's; the same one if asked again. */
  final @Nullable ResultSet linked(@Nullable ResultSet resultSet) {
    if (resultSet == null) {
      return null;
    }
    LinkedResultSet last = lastResult;
    if (last != null && last.wraps(resultSet)) {
      return last;
    }
    var linked = new LinkedResultSet(resultSet, connection, this, true);
    lastResult = linked;
    return linked;
  }

  final @Nullable Array linked(@Nullable Array array) {
    return array == null ? null : new LinkedArray(array, connection, this);
  }

  final @Nullable Object linked(@Nullable Object value) {
    return LinkedResultSet.linked(value, connection, this);
  }

  final <T> @Nullable T linked(@Nullable T value, Class<T> type) {
    return LinkedResultSet.linked(value, type, connection, this);
  }

  @Override
  public Connection getConnection() throws SQLException {
    open();
    return connection;
  }

  @Override
  public void close() throws SQLException {
    Statement target = targetOrNull();
    if (target == null) {
      return;
    }
    Ledger.Ending reading = readingOn();
    try {
      target.close();
      detach();
    } finally {
      reading.done();
    }
  }

  @Override
  public boolean isClosed() throws SQLException {
    Statement target = targetOrNull();
    return target == null || target.isClosed();
  }

  @Override
  public <T> T unwrap(Class<T> type) throws SQLException {
    return WrapperContract.unwrap(this, open(), ledger, type);
  }

  @Override
  public boolean isWrapperFor(Class<?> type) throws SQLException {
    return WrapperContract.isWrapperFor(this, targetOrNull(), type);
  }

  /** The driver's text, which often is the SQL. */
  @Override
  public String toString() {
    return "Holdfast statement of " + targetOrNull();
  }
}
