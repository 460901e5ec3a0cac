package io.holdfast.jdbc;

import java.sql.Array;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Map;
import org.jspecify.annotations.NullUnmarked;

/**
 * Passes each call of {@link Array} that needs no thought to the driver's object. Written by
 * {@code ForwardingSources} in the test tree: change that, not this.
 */
@NullUnmarked // Null is what the driver makes of it.
@SuppressWarnings("deprecation") // Deprecated methods are passed on like all others.
abstract class ForwardingArray implements Array {

  final Array target;

  ForwardingArray(Array target) {
    this.target = target;
  }

  abstract ResultSet linked(ResultSet resultSet);

  @Override
  public void free() throws SQLException {
    target.free();
  }

  @Override
  public Object getArray() throws SQLException {
    return target.getArray();
  }

  @Override
  public Object getArray(Map<String, Class<?>> p1) throws SQLException {
    return target.getArray(p1);
  }

  @Override
  public Object getArray(long p1, int p2, Map<String, Class<?>> p3) throws SQLException {
    return target.getArray(p1, p2, p3);
  }

  @Override
  public Object getArray(long p1, int p2) throws SQLException {
    return target.getArray(p1, p2);
  }

  @Override
  public int getBaseType() throws SQLException {
    return target.getBaseType();
  }

  @Override
  public String getBaseTypeName() throws SQLException {
    return target.getBaseTypeName();
  }

  @Override
  public ResultSet getResultSet() throws SQLException {
    return linked(target.getResultSet());
  }

  @Override
  public ResultSet getResultSet(Map<String, Class<?>> p1) throws SQLException {
    return linked(target.getResultSet(p1));
  }

  @Override
  public ResultSet getResultSet(long p1, int p2, Map<String, Class<?>> p3) throws SQLException {
    return linked(target.getResultSet(p1, p2, p3));
  }

  @Override
  public ResultSet getResultSet(long p1, int p2) throws SQLException {
    return linked(target.getResultSet(p1, p2));
  }
}
