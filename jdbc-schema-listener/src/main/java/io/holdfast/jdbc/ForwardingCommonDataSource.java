package io.holdfast.jdbc;

import java.io.PrintWriter;
import java.sql.SQLException;
import java.sql.SQLFeatureNotSupportedException;
import java.sql.ShardingKeyBuilder;
import java.util.logging.Logger;
import javax.sql.CommonDataSource;
import org.jspecify.annotations.NullUnmarked;

/**
 * Passes each call of {@link CommonDataSource} that needs no thought to the driver's object. Written by
 * {@code ForwardingSources} in the test tree: change that, not this.
 */
@NullUnmarked // Null is what the driver makes of it.
@SuppressWarnings("deprecation") // Deprecated methods are passed on like all others.
abstract class ForwardingCommonDataSource implements CommonDataSource {

  final CommonDataSource source;

  ForwardingCommonDataSource(CommonDataSource source) {
    this.source = source;
  }

  @Override
  public ShardingKeyBuilder createShardingKeyBuilder() throws SQLException {
    return source.createShardingKeyBuilder();
  }

  @Override
  public PrintWriter getLogWriter() throws SQLException {
    return source.getLogWriter();
  }

  @Override
  public int getLoginTimeout() throws SQLException {
    return source.getLoginTimeout();
  }

  @Override
  public Logger getParentLogger() throws SQLFeatureNotSupportedException {
    return source.getParentLogger();
  }

  @Override
  public void setLogWriter(PrintWriter p1) throws SQLException {
    source.setLogWriter(p1);
  }

  @Override
  public void setLoginTimeout(int p1) throws SQLException {
    source.setLoginTimeout(p1);
  }
}
