package io.holdfast.jdbc;

import io.holdfast.schema.SchemaKey;
import io.holdfast.schema.TableName;
import io.holdfast.schema.WatchedDatabase;
import java.sql.Savepoint;
import java.util.List;
import java.util.Optional;

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

  /** A driver's own object was handed out: what is done through it is not heard. */
  void escaped();

  Optional<WatchedDatabase> database();

  Optional<SchemaKey> key(TableName table, String discriminator);

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
