package io.holdfast.jdbc;

import java.sql.Array;
import java.sql.ResultSet;
import org.jspecify.annotations.Nullable;

/** An SQL array whose result sets lead back to our statement and connection. */
final class LinkedArray extends ForwardingArray {

  private final ListeningConnection connection;
  private final @Nullable ListeningStatement origin;

  LinkedArray(Array target, ListeningConnection connection, @Nullable ListeningStatement origin) {
    super(target);
    this.connection = connection;
    this.origin = origin;
  }

  /** The driver's own array for one of ours, anything else as it is: drivers know only their own. */
  static @Nullable Object bare(@Nullable Object value) {
    return value instanceof LinkedArray ours ? ours.target : value;
  }

  static @Nullable Array bare(@Nullable Array array) {
    return array instanceof LinkedArray ours ? ours.target : array;
  }

  @Override
  @Nullable
  ResultSet linked(@Nullable ResultSet resultSet) {
    return resultSet == null ? null : new LinkedResultSet(resultSet, connection, origin, false);
  }

  @Override
  public String toString() {
    return target.toString();
  }
}
