package io.holdfast.jdbc;

import java.sql.Connection;
import java.sql.ConnectionBuilder;
import java.sql.SQLException;
import java.sql.ShardingKey;

/** Passes the settings on and attaches the connection that is built. */
final class AttachingConnectionBuilder implements ConnectionBuilder {

  private final ConnectionBuilder target;
  private final Attaching attaching;

  /** Makes a listening connection of a raw one. */
  @FunctionalInterface
  interface Attaching {
    Connection attach(Connection raw) throws SQLException;
  }

  AttachingConnectionBuilder(ConnectionBuilder target, Attaching attaching) {
    this.target = target;
    this.attaching = attaching;
  }

  @Override
  public ConnectionBuilder user(String user) {
    target.user(user);
    return this;
  }

  @Override
  public ConnectionBuilder password(String password) {
    target.password(password);
    return this;
  }

  @Override
  public ConnectionBuilder shardingKey(ShardingKey key) {
    target.shardingKey(key);
    return this;
  }

  @Override
  public ConnectionBuilder superShardingKey(ShardingKey key) {
    target.superShardingKey(key);
    return this;
  }

  @Override
  public Connection build() throws SQLException {
    return attaching.attach(target.build());
  }
}
