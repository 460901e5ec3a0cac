package io.holdfast.jdbc;

import io.holdfast.schema.SchemaKey;
import io.holdfast.schema.TableName;
import io.holdfast.schema.WatchedDatabase;
import java.sql.Array;
import java.sql.CallableStatement;
import java.sql.Connection;
import java.sql.DatabaseMetaData;
import java.sql.PreparedStatement;
import java.sql.SQLClientInfoException;
import java.sql.SQLException;
import java.sql.Savepoint;
import java.sql.Statement;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import org.jspecify.annotations.Nullable;

/**
 * A connection that tells its ledger of every statement and of every end of a transaction. Object
 * identity is its equality: frameworks compare connections with {@code ==}.
 */
final class ListeningConnection extends ForwardingConnection implements HoldfastConnection {

  private final Ledger ledger;
  private final Lifetime lifetime;
  private @Nullable LinkedMetaData metaData;

  /**
   * Wraps.
   *
   * @param lifetime hears of the end, such as to give back the lease on the watched database
   */
  ListeningConnection(Connection target, Ledger ledger, Lifetime lifetime) {
    super(target);
    this.ledger = ledger;
    this.lifetime = lifetime;
  }

  Ledger ledger() {
    return ledger;
  }

  @Override
  public Optional<WatchedDatabase> database() {
    return ledger.database();
  }

  @Override
  public Optional<SchemaKey> schemaKey(TableName table, String discriminator) {
    return ledger.key(table, discriminator);
  }

  @Override
  public Optional<SchemaKey> verifiedSchemaKey(TableName table, String discriminator) {
    return ledger.verifiedKey(table, discriminator);
  }

  @Override
  public void commit() throws SQLException {
    Connection target = open();
    Ledger.Ending ending = ledger.ending();
    try {
      target.commit();
    } catch (Throwable e) {
      ending.failed();
      throw e;
    }
    ending.done();
  }

  @Override
  public void rollback() throws SQLException {
    Connection target = open();
    try {
      target.rollback();
    } catch (Throwable e) {
      ledger.ending().failed();
      throw e;
    }
    ledger.rolledBack();
  }

  @Override
  public void setAutoCommit(boolean autoCommit) throws SQLException {
    Connection target = open();
    // Setting the value it has does nothing.
    boolean switches = autoCommit != ledger.autoCommit();
    Ledger.Ending ending = switches ? ledger.ending() : Ledger.Ending.NONE;
    try {
      target.setAutoCommit(autoCommit);
    } catch (Throwable e) {
      ending.failed();
      throw e;
    }
    ledger.autoCommitSet(autoCommit);
    if (autoCommit) {
      // Switching on commits what is open.
      ending.done();
    } else {
      // Only a text can have left something open, and drivers differ in what becomes of it.
      ending.failed();
    }
  }

  @Override
  public void setSchema(String schema) throws SQLException {
    open().setSchema(schema);
    ledger.schemaSet(schema);
  }

  @Override
  public void setCatalog(String catalog) throws SQLException {
    open().setCatalog(catalog);
    ledger.catalogSet(catalog);
  }

  @Override
  public Savepoint setSavepoint() throws SQLException {
    Savepoint savepoint = open().setSavepoint();
    ledger.savepointSet(savepoint);
    return savepoint;
  }

  @Override
  public Savepoint setSavepoint(String name) throws SQLException {
    Savepoint savepoint = open().setSavepoint(name);
    ledger.savepointSet(savepoint);
    return savepoint;
  }

  @Override
  public void rollback(Savepoint savepoint) throws SQLException {
    open().rollback(savepoint);
    ledger.rolledBackTo(savepoint);
  }

  @Override
  public void releaseSavepoint(Savepoint savepoint) throws SQLException {
    open().releaseSavepoint(savepoint);
    ledger.released(savepoint);
  }

  /**
   * Closes. Whether an open transaction is committed by that is the driver's choice, so what was
   * pending is read from the catalog.
   */
  @Override
  public void close() throws SQLException {
    Connection target = targetOrNull();
    if (target == null) {
      return;
    }
    Ledger.Ending ending = ledger.closing();
    lifetime.ending();
    try {
      target.close();
    } catch (Throwable e) {
      ending.failed();
      // Some drivers refuse to close within a transaction; the connection then goes on.
      if (!isStillOpen(target)) {
        detach();
        lifetime.over();
      }
      throw e;
    }
    detach();
    ended(ending);
    lifetime.over();
  }

  private void ended(Ledger.Ending ending) {
    if (lifetime.isPhysical()) {
      ending.done();
    } else {
      ending.failed();
    }
  }

  private static boolean isStillOpen(Connection target) {
    try {
      return !target.isClosed();
    } catch (SQLException e) {
      return false;
    }
  }

  @Override
  public void abort(Executor executor) throws SQLException {
    Connection target = targetOrNull();
    if (target == null) {
      return;
    }
    Ledger.Ending ending = ledger.closing();
    lifetime.ending();
    try {
      target.abort(executor);
    } catch (Throwable e) {
      ending.failed();
      throw e;
    }
    detach();
    Runnable aftermath = () -> {
      ended(ending);
      lifetime.over();
    };
    try {
      // Abort must not make its caller wait, and reading the catalog may.
      executor.execute(aftermath);
    } catch (RejectedExecutionException e) {
      aftermath.run();
    }
  }

  @Override
  public boolean isClosed() throws SQLException {
    Connection target = targetOrNull();
    return target == null || target.isClosed();
  }

  @Override
  public boolean isValid(int timeoutSeconds) throws SQLException {
    Connection target = targetOrNull();
    return target != null && target.isValid(timeoutSeconds);
  }

  @Override
  public Statement createStatement() throws SQLException {
    return new ListeningStatement(this, open().createStatement());
  }

  @Override
  public Statement createStatement(int resultSetType, int resultSetConcurrency)
      throws SQLException {
    return new ListeningStatement(
        this, open().createStatement(resultSetType, resultSetConcurrency));
  }

  @Override
  public Statement createStatement(
      int resultSetType, int resultSetConcurrency, int resultSetHoldability) throws SQLException {
    return new ListeningStatement(
        this, open().createStatement(resultSetType, resultSetConcurrency, resultSetHoldability));
  }

  @Override
  public PreparedStatement prepareStatement(String sql) throws SQLException {
    return prepared(sql, open().prepareStatement(sql));
  }

  @Override
  public PreparedStatement prepareStatement(String sql, int resultSetType, int resultSetConcurrency)
      throws SQLException {
    return prepared(sql, open().prepareStatement(sql, resultSetType, resultSetConcurrency));
  }

  @Override
  public PreparedStatement prepareStatement(
      String sql, int resultSetType, int resultSetConcurrency, int resultSetHoldability)
      throws SQLException {
    return prepared(
        sql,
        open().prepareStatement(sql, resultSetType, resultSetConcurrency, resultSetHoldability));
  }

  @Override
  public PreparedStatement prepareStatement(String sql, int autoGeneratedKeys) throws SQLException {
    return prepared(sql, open().prepareStatement(sql, autoGeneratedKeys));
  }

  @Override
  public PreparedStatement prepareStatement(String sql, int[] columnIndexes) throws SQLException {
    return prepared(sql, open().prepareStatement(sql, columnIndexes));
  }

  @Override
  public PreparedStatement prepareStatement(String sql, String[] columnNames) throws SQLException {
    return prepared(sql, open().prepareStatement(sql, columnNames));
  }

  @Override
  public CallableStatement prepareCall(String sql) throws SQLException {
    return called(sql, open().prepareCall(sql));
  }

  @Override
  public CallableStatement prepareCall(String sql, int resultSetType, int resultSetConcurrency)
      throws SQLException {
    return called(sql, open().prepareCall(sql, resultSetType, resultSetConcurrency));
  }

  @Override
  public CallableStatement prepareCall(
      String sql, int resultSetType, int resultSetConcurrency, int resultSetHoldability)
      throws SQLException {
    return called(
        sql, open().prepareCall(sql, resultSetType, resultSetConcurrency, resultSetHoldability));
  }

  private PreparedStatement prepared(String sql, PreparedStatement target) {
    return announced(new ListeningPreparedStatement(this, target, ledger.judge(sql)));
  }

  private CallableStatement called(String sql, CallableStatement target) {
    return announced(new ListeningCallableStatement(this, target, ledger.judge(sql)));
  }

  private <S extends ListeningPreparedStatement> S announced(S statement) {
    lifetime.prepared(statement);
    return statement;
  }

  @Override
  public DatabaseMetaData getMetaData() throws SQLException {
    DatabaseMetaData raw = open().getMetaData();
    LinkedMetaData known = metaData;
    if (known == null || !known.wraps(raw)) {
      known = new LinkedMetaData(raw, this);
      metaData = known;
    }
    return known;
  }

  @Override
  @Nullable
  Array linked(@Nullable Array array) {
    return array == null ? null : new LinkedArray(array, this, null);
  }

  @Override
  public void setClientInfo(String name, String value) throws SQLClientInfoException {
    openForClientInfo().setClientInfo(name, value);
  }

  @Override
  public void setClientInfo(Properties properties) throws SQLClientInfoException {
    openForClientInfo().setClientInfo(properties);
  }

  /** The interface allows these two methods one exception only. */
  private Connection openForClientInfo() throws SQLClientInfoException {
    try {
      return open();
    } catch (SQLException e) {
      throw new SQLClientInfoException(e.getMessage(), e.getSQLState(), Map.of(), e);
    }
  }

  @Override
  public <T> T unwrap(Class<T> type) throws SQLException {
    return WrapperContract.unwrap(this, open(), ledger, type);
  }

  @Override
  public boolean isWrapperFor(Class<?> type) throws SQLException {
    return WrapperContract.isWrapperFor(this, targetOrNull(), type);
  }

  /** The driver's object may print its URL with a password, so it is not asked. */
  @Override
  public String toString() {
    Connection target = targetOrNull();
    return "Holdfast connection@"
        + Integer.toHexString(System.identityHashCode(this))
        + (target == null ? ", closed" : " over " + target.getClass().getName());
  }
}
