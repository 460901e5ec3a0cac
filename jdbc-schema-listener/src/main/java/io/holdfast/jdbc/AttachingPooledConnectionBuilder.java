package io.holdfast.jdbc;

import java.sql.SQLException;
import java.sql.ShardingKey;
import javax.sql.PooledConnection;
import javax.sql.PooledConnectionBuilder;

/** Passes the settings on and attaches the connection that is built. */
final class AttachingPooledConnectionBuilder implements PooledConnectionBuilder {

  private final PooledConnectionBuilder target;
  private final Attaching attaching;

  /** Makes a listening connection of a raw one. */
  @FunctionalInterface
  interface Attaching {
    PooledConnection attach(PooledConnection raw) throws SQLException;
  }

  AttachingPooledConnectionBuilder(PooledConnectionBuilder target, Attaching attaching) {
    this.target = target;
    this.attaching = attaching;
  }

  @Override
  public PooledConnectionBuilder user(String user) {
    target.user(user);
    return this;
  }

  @Override
  public PooledConnectionBuilder password(String password) {
    target.password(password);
    return this;
  }

  @Override
  public PooledConnectionBuilder shardingKey(ShardingKey key) {
    target.shardingKey(key);
    return this;
  }

  @Override
  public PooledConnectionBuilder superShardingKey(ShardingKey key) {
    target.superShardingKey(key);
    return this;
  }

  @Override
  public PooledConnection build() throws SQLException {
    return attaching.attach(target.build());
  }
}
