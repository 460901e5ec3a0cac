package io.holdfast.jdbc;

import java.sql.SQLException;
import java.sql.Wrapper;
import javax.sql.CommonDataSource;

/** What our sources have in common: they pass on what needs no thought, and can be unwrapped. */
abstract class WrappingDataSource extends ForwardingCommonDataSource implements Wrapper {

  WrappingDataSource(CommonDataSource target) {
    super(target);
  }

  /** This, the target, or what the target wraps: pool metrics find their pool. */
  @Override
  public final <T> T unwrap(Class<T> type) throws SQLException {
    return WrapperContract.unwrapSource(this, source, type);
  }

  @Override
  public final boolean isWrapperFor(Class<?> type) throws SQLException {
    return WrapperContract.isSourceFor(this, source, type);
  }
}
