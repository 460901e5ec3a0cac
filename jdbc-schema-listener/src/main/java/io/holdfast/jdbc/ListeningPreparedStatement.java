package io.holdfast.jdbc;

import java.sql.PreparedStatement;
import java.sql.SQLException;

/** A prepared statement: judged once, heard each time it runs. */
class ListeningPreparedStatement extends ForwardingPreparedStatement {

  private final Judgement judgement;

  ListeningPreparedStatement(
      ListeningConnection connection, PreparedStatement target, Judgement judgement) {
    super(connection, target);
    this.judgement = judgement;
  }

  @Override
  final Ledger.Execution executing() throws SQLException {
    return executing(judgement);
  }

  @Override
  public void addBatch() throws SQLException {
    prepared().addBatch();
    addedToBatch(judgement);
  }
}
