package io.holdfast.jdbc;

import io.holdfast.schema.SchemaKey;
import io.holdfast.schema.TableName;
import io.holdfast.schema.WatchedDatabase;
import java.sql.Savepoint;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The ledger of a connection whose database cannot be watched: nothing is written down. */
final class Unwatched implements Ledger {

  private boolean autoCommit;

  Unwatched(boolean autoCommit) {
    this.autoCommit = autoCommit;
  }

  @Override
  public Judgement judge(String sql) {
    return Judgement.INERT;
  }

  @Override
  public Execution executing(List<Judgement> judgements) {
    return Execution.NONE;
  }

  @Override
  public Ending readingOn(Judgement judgement) {
    return Ending.NONE;
  }

  @Override
  public Ending ending() {
    return Ending.NONE;
  }

  @Override
  public Ending closing() {
    return Ending.NONE;
  }

  @Override
  public void rolledBack() {}

  @Override
  public void savepointSet(Savepoint savepoint) {}

  @Override
  public void rolledBackTo(Savepoint savepoint) {}

  @Override
  public void released(Savepoint savepoint) {}

  @Override
  public boolean autoCommit() {
    return autoCommit;
  }

  @Override
  public void autoCommitSet(boolean newValue) {
    autoCommit = newValue;
  }

  @Override
  public void schemaSet(@Nullable String schema) {}

  @Override
  public void catalogSet(@Nullable String catalog) {}

  @Override
  public void escaped() {}

  @Override
  public void branchBegun(PendingChanges soFar) {}

  @Override
  public PendingChanges inBranch() {
    return PendingChanges.NONE;
  }

  @Override
  public void branchEnded() {}

  @Override
  public void branchLeft() {}

  @Override
  public Ending endingOf(PendingChanges branch) {
    return Ending.NONE;
  }

  @Override
  public void undone(PendingChanges branch) {}

  @Override
  public Optional<WatchedDatabase> database() {
    return Optional.empty();
  }

  @Override
  public Optional<SchemaKey> verifiedKey(TableName table, String discriminator) {
    return Optional.empty();
  }

  @Override
  public Optional<SchemaKey> key(TableName table, String discriminator) {
    return Optional.empty();
  }
}
