package io.holdfast.jdbc;

import java.sql.CallableStatement;

/** A callable statement: heard as a prepared one is. */
final class ListeningCallableStatement extends ForwardingCallableStatement {

  ListeningCallableStatement(
      ListeningConnection connection, CallableStatement target, Judgement judgement) {
    super(connection, target, judgement);
  }
}
