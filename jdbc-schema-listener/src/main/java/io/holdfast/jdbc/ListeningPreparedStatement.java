package io.holdfast.jdbc;

import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import org.jspecify.annotations.Nullable;

/** A prepared statement: judged once, heard each time it runs. */
class ListeningPreparedStatement extends ForwardingPreparedStatement {

  private final Judgement judgement;

  ListeningPreparedStatement(
      ListeningConnection connection, PreparedStatement target, Judgement judgement) {
    super(connection, target);
    this.judgement = judgement;
  }

  @Override
  public boolean execute() throws SQLException {
    Ledger.Execution execution = executing(judgement);
    try {
      boolean result = prepared().execute();
      execution.succeeded();
      return result;
    } finally {
      execution.done();
    }
  }

  @Override
  public @Nullable ResultSet executeQuery() throws SQLException {
    Ledger.Execution execution = executing(judgement);
    try {
      ResultSet result = linked(prepared().executeQuery());
      execution.succeeded();
      return result;
    } finally {
      execution.done();
    }
  }

  @Override
  public int executeUpdate() throws SQLException {
    Ledger.Execution execution = executing(judgement);
    try {
      int result = prepared().executeUpdate();
      execution.succeeded();
      return result;
    } finally {
      execution.done();
    }
  }

  @Override
  public long executeLargeUpdate() throws SQLException {
    Ledger.Execution execution = executing(judgement);
    try {
      long result = prepared().executeLargeUpdate();
      execution.succeeded();
      return result;
    } finally {
      execution.done();
    }
  }

  @Override
  public void addBatch() throws SQLException {
    prepared().addBatch();
    addedToBatch(judgement);
  }
}
