package io.holdfast.jdbc;

import java.sql.Array;
import java.sql.Blob;
import java.sql.Clob;
import java.sql.Connection;
import java.sql.NClob;
import java.sql.SQLException;
import java.sql.SQLWarning;
import java.sql.SQLXML;
import java.sql.ShardingKey;
import java.sql.Struct;
import java.util.Map;
import java.util.Properties;
import java.util.concurrent.Executor;
import org.jspecify.annotations.NullUnmarked;

/**
 * Passes each call of {@link Connection} that needs no thought to the driver's object. Written by
 * {@code ForwardingSources} in the test tree: change that, not this.
 */
@NullUnmarked // Null is what the driver makes of it.
@SuppressWarnings("deprecation") // Deprecated methods are passed on like all others.
abstract class ForwardingConnection implements Connection {

  private Connection target;

  ForwardingConnection(Connection target) {
    this.target = target;
  }

  /** The driver's object; after {@code close()} this is what refuses every call. */
  final Connection open() throws SQLException {
    Connection current = target;
    if (current == null) {
      throw UseAfterClose.of("Connection");
    }
    return current;
  }

  /** The driver's object, or null after {@code close()}. */
  final Connection targetOrNull() {
    return target;
  }

  /** Lets go of the driver's object. */
  void detach() {
    target = null;
  }

  abstract Array linked(Array array);

  @Override
  public void beginRequest() throws SQLException {
    open().beginRequest();
  }

  @Override
  public void clearWarnings() throws SQLException {
    open().clearWarnings();
  }

  @Override
  public Array createArrayOf(String p1, Object[] p2) throws SQLException {
    return linked(open().createArrayOf(p1, p2));
  }

  @Override
  public Blob createBlob() throws SQLException {
    return open().createBlob();
  }

  @Override
  public Clob createClob() throws SQLException {
    return open().createClob();
  }

  @Override
  public NClob createNClob() throws SQLException {
    return open().createNClob();
  }

  @Override
  public SQLXML createSQLXML() throws SQLException {
    return open().createSQLXML();
  }

  @Override
  public Struct createStruct(String p1, Object[] p2) throws SQLException {
    return open().createStruct(p1, p2);
  }

  @Override
  public void endRequest() throws SQLException {
    open().endRequest();
  }

  @Override
  public boolean getAutoCommit() throws SQLException {
    return open().getAutoCommit();
  }

  @Override
  public String getCatalog() throws SQLException {
    return open().getCatalog();
  }

  @Override
  public Properties getClientInfo() throws SQLException {
    return open().getClientInfo();
  }

  @Override
  public String getClientInfo(String p1) throws SQLException {
    return open().getClientInfo(p1);
  }

  @Override
  public int getHoldability() throws SQLException {
    return open().getHoldability();
  }

  @Override
  public int getNetworkTimeout() throws SQLException {
    return open().getNetworkTimeout();
  }

  @Override
  public String getSchema() throws SQLException {
    return open().getSchema();
  }

  @Override
  public int getTransactionIsolation() throws SQLException {
    return open().getTransactionIsolation();
  }

  @Override
  public Map<String, Class<?>> getTypeMap() throws SQLException {
    return open().getTypeMap();
  }

  @Override
  public SQLWarning getWarnings() throws SQLException {
    return open().getWarnings();
  }

  @Override
  public boolean isReadOnly() throws SQLException {
    return open().isReadOnly();
  }

  @Override
  public String nativeSQL(String p1) throws SQLException {
    return open().nativeSQL(p1);
  }

  @Override
  public void setHoldability(int p1) throws SQLException {
    open().setHoldability(p1);
  }

  @Override
  public void setNetworkTimeout(Executor p1, int p2) throws SQLException {
    open().setNetworkTimeout(p1, p2);
  }

  @Override
  public void setReadOnly(boolean p1) throws SQLException {
    open().setReadOnly(p1);
  }

  @Override
  public void setShardingKey(ShardingKey p1, ShardingKey p2) throws SQLException {
    open().setShardingKey(p1, p2);
  }

  @Override
  public void setShardingKey(ShardingKey p1) throws SQLException {
    open().setShardingKey(p1);
  }

  @Override
  public boolean setShardingKeyIfValid(ShardingKey p1, int p2) throws SQLException {
    return open().setShardingKeyIfValid(p1, p2);
  }

  @Override
  public boolean setShardingKeyIfValid(ShardingKey p1, ShardingKey p2, int p3) throws SQLException {
    return open().setShardingKeyIfValid(p1, p2, p3);
  }

  @Override
  public void setTransactionIsolation(int p1) throws SQLException {
    open().setTransactionIsolation(p1);
  }

  @Override
  public void setTypeMap(Map<String, Class<?>> p1) throws SQLException {
    open().setTypeMap(p1);
  }
}
