package io.holdfast.jdbc;

import io.holdfast.schema.SchemaKey;
import io.holdfast.schema.TableName;
import io.holdfast.schema.WatchedDatabase;
import java.sql.Savepoint;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What one physical connection has done to the schema and not committed yet. Told of statements and of
 * the ends of transactions; none of its methods throws, none calls the user's connection.
 */
sealed interface Ledger permits TransactionLedger, Unwatched {

  /** What a text may do; one look-up. */
  Judgement judge(String sql);

  /** Statements that may change structure are about to run, as one call of the driver. */
  Execution executing(List<Judgement> judgements);

  /**
   * Results of a text are about to be read on, or closed; statements behind them may run only now.
   *
   * @return to be ended by exactly one of its methods
   */
  Ending readingOn(Judgement judgement);

  /**
   * A commit, or something that may end the transaction either way, is about to go out.
   *
   * @return to be ended by exactly one of its methods
   */
  Ending ending();

  /** The connection is about to be closed or aborted. */
  Ending closing();

  /** {@code rollback()} has succeeded. */
  void rolledBack();

  void savepointSet(Savepoint savepoint);

  void rolledBackTo(Savepoint savepoint);

  void released(Savepoint savepoint);

  boolean autoCommit();

  /** The driver has taken over this value. */
  void autoCommitSet(boolean autoCommit);

  /** The driver has taken over this value of {@code setSchema}. */
  void schemaSet(@Nullable String schema);

  /** The driver has taken over this value of {@code setCatalog}. */
  void catalogSet(@Nullable String catalog);

  /** A driver's own object was handed out: what is done through it is not heard. */
  void escaped();

  /**
   * The connection works for a branch of a distributed transaction from now on, whatever autocommit
   * says.
   *
   * @param soFar what the branch has changed already, on this connection or another
   */
  void branchBegun(PendingChanges soFar);

  /** What the branch has changed that the connection works for; nothing if it does for none. */
  PendingChanges inBranch();

  /** The branch has ended; until it is prepared or over the connection may see what it changed. */
  void branchEnded();

  /** The branch is prepared or over; what it changed is not this connection's any more. */
  void branchLeft();

  /** The end of a branch, of this connection or another, is about to go out. */
  Ending endingOf(PendingChanges branch);

  /** A branch was rolled back. */
  void undone(PendingChanges branch);

  Optional<WatchedDatabase> database();

  Optional<SchemaKey> key(TableName table, String discriminator);

  /** The same after asking the server. */
  Optional<SchemaKey> verifiedKey(TableName table, String discriminator);

  /** One call of the driver that may change structure. */
  interface Execution {

    /** A statement that cannot change structure. */
    Execution NONE = new Execution() {
      @Override
      public void ranOnly(int statements) {}

      @Override
      public void succeeded() {}

      @Override
      public void done() {}
    };

    /** A batch failed: only the first so many of the judged statements can have run. */
    void ranOnly(int statements);

    /** The driver did not throw; {@link #done} follows. */
    void succeeded();

    /** The call is over, well or not: a failed statement can have changed structure too. */
    void done();
  }

  /** The end of a transaction. */
  interface Ending {

    /** Nothing was pending. */
    Ending NONE = new Ending() {
      @Override
      public void done() {}

      @Override
      public void failed() {}
    };

    /** The driver reported success: nothing is pending any more; the catalog tells what came of it. */
    void done();

    /** The driver threw: the outcome is unknown, and what was pending stays so. */
    void failed();
  }
}
