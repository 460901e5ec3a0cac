package io.holdfast.jdbc;

import java.sql.SQLException;
import java.sql.ShardingKey;
import javax.sql.XAConnection;
import javax.sql.XAConnectionBuilder;

/** Passes the settings on and attaches the connection that is built. */
final class AttachingXAConnectionBuilder implements XAConnectionBuilder {

  private final XAConnectionBuilder target;
  private final Attaching attaching;

  /** Makes a listening connection of a raw one. */
  @FunctionalInterface
  interface Attaching {
    XAConnection attach(XAConnection raw) throws SQLException;
  }

  AttachingXAConnectionBuilder(XAConnectionBuilder target, Attaching attaching) {
    this.target = target;
    this.attaching = attaching;
  }

  @Override
  public XAConnectionBuilder user(String user) {
    target.user(user);
    return this;
  }

  @Override
  public XAConnectionBuilder password(String password) {
    target.password(password);
    return this;
  }

  @Override
  public XAConnectionBuilder shardingKey(ShardingKey key) {
    target.shardingKey(key);
    return this;
  }

  @Override
  public XAConnectionBuilder superShardingKey(ShardingKey key) {
    target.superShardingKey(key);
    return this;
  }

  @Override
  public XAConnection build() throws SQLException {
    return attaching.attach(target.build());
  }
}
