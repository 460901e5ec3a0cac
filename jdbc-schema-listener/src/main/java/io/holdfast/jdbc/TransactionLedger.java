package io.holdfast.jdbc;

import io.holdfast.jdbc.ddl.DdlRecognizer;
import io.holdfast.jdbc.ddl.DdlVerdict;
import io.holdfast.schema.SchemaKey;
import io.holdfast.schema.Suspects;
import io.holdfast.schema.TableName;
import io.holdfast.schema.WatchedDatabase;
import io.holdfast.schema.WatchedDatabase.Event;
import java.sql.Savepoint;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/**
 * The ledger of a watched database: decides when a change that this connection made becomes true for
 * everybody (design D8).
 *
 * <p>Whatever may become visible is put in doubt before the call that makes it visible goes out, and
 * is read from the catalog after that call, whether it succeeded or failed. So nobody can be served an
 * answer for a structure that is just going away. What is visible to this connection only stays
 * pending until the transaction ends.
 *
 * <p>Used by the connection's threads; the state is one immutable value, so no call of the driver is
 * ever made under a lock.
 */
final class TransactionLedger implements Ledger {

  private final WatchedDatabase database;
  private final DdlRecognizer recognizer;
  private final DdlTiming timing;
  private final Duration firstReadingWait;
  private final AtomicReference<PendingChanges> pending =
      new AtomicReference<>(PendingChanges.NONE);
  private volatile boolean autoCommit;
  private volatile boolean escaped;
  private volatile boolean waitedForFirstReading;

  TransactionLedger(
      WatchedDatabase database,
      DdlRecognizer recognizer,
      DdlTiming timing,
      boolean autoCommit,
      Duration firstReadingWait) {
    this.database = database;
    this.recognizer = recognizer;
    this.timing = timing;
    this.autoCommit = autoCommit;
    this.firstReadingWait = firstReadingWait;
  }

  @Override
  public Judgement judge(String sql) {
    return Judgement.of(recognizer.recognise(sql), sql);
  }

  @Override
  public Execution executing(List<Judgement> judgements) {
    awaitFirstReading();
    PendingChanges own = PendingChanges.of(judgements);
    PendingChanges before = pending();
    // After BEGIN or SAVEPOINT in a text nobody tells us when the transaction ends: settle now and
    // then.
    boolean unsure = own.textControl() || before.textControl();
    boolean settlesAtOnce = timing.settlesAtOnce() || autoCommit || unsure;
    if (unsure || (timing.staysPending() && !autoCommit)) {
      pending.updateAndGet(current -> current.plus(own));
    }
    // What came before may be committed by this statement, too.
    PendingChanges visible = settlesAtOnce ? before.plus(own) : PendingChanges.NONE;
    if (!visible.suspects().isEmpty()) {
      database.suspect(visible.suspects());
    }
    return new Run(judgements, visible, /* undoable= */ !settlesAtOnce);
  }

  @Override
  public Ending ending() {
    PendingChanges ending = pending();
    return ending.isNothing() ? Ending.NONE : begin(ending, ending.suspects());
  }

  @Override
  public Ending closing() {
    PendingChanges ending = pending();
    return begin(ending, escaped ? Suspects.ALL : ending.suspects());
  }

  private Ending begin(PendingChanges ending, Suspects suspects) {
    if (!suspects.isEmpty()) {
      database.suspect(suspects);
    }
    return new Ending() {
      @Override
      public void done() {
        // First forgotten, then settled: a listener may ask this connection for the new key.
        pending.set(PendingChanges.NONE);
        settle(suspects, ending.kind());
      }

      @Override
      public void failed() {
        settle(suspects, ending.kind());
      }
    };
  }

  @Override
  public void rolledBack() {
    PendingChanges undone = pending.getAndSet(PendingChanges.NONE);
    count(Event.DDL_ROLLED_BACK, undone.statements());
    if (undone.suspects().everything() || undone.textControl()) {
      // A procedure, or a COMMIT in a text, can have committed what this rollback did not undo.
      if (!undone.suspects().isEmpty()) {
        database.suspect(undone.suspects());
        settle(undone.suspects(), undone.kind());
      }
    }
  }

  @Override
  public void savepointSet(Savepoint savepoint) {
    pending.updateAndGet(current -> current.withMark(savepoint));
  }

  @Override
  public void rolledBackTo(Savepoint savepoint) {
    PendingChanges before = pending.getAndUpdate(current -> current.backTo(savepoint));
    count(Event.DDL_ROLLED_BACK, before.statementsSince(savepoint));
  }

  @Override
  public void released(Savepoint savepoint) {
    pending.updateAndGet(current -> current.withoutMark(savepoint));
  }

  @Override
  public boolean autoCommit() {
    return autoCommit;
  }

  @Override
  public void autoCommitSet(boolean newValue) {
    autoCommit = newValue;
  }

  @Override
  public void escaped() {
    escaped = true;
    database.count(Event.BLIND_SPOT);
  }

  @Override
  public Optional<WatchedDatabase> database() {
    return Optional.of(database);
  }

  @Override
  public Optional<SchemaKey> key(TableName table, String discriminator) {
    if (escaped && !autoCommit) {
      // The open transaction may hold DDL that we could not hear.
      return Optional.empty();
    }
    Suspects dirty = pending().suspects();
    if (!dirty.isEmpty() && DirtyTables.include(dirty, table, database)) {
      return Optional.empty();
    }
    return database.key(table, discriminator);
  }

  private PendingChanges pending() {
    return Objects.requireNonNull(pending.get());
  }

  private void settle(Suspects suspects, @Nullable String kind) {
    if (!suspects.isEmpty()) {
      database.settle(suspects, kind);
    }
  }

  private void count(Event event, int times) {
    for (int i = 0; i < times; i++) {
      database.count(event);
    }
  }

  /** Without a reading from before the change there is nothing to compare with after it. */
  private void awaitFirstReading() {
    if (waitedForFirstReading) {
      return;
    }
    waitedForFirstReading = true;
    try {
      database.awaitReady(firstReadingWait.toMillis());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private final class Run implements Execution {

    private final List<Judgement> judgements;
    private final PendingChanges visible;
    private final boolean undoable;
    private int ran;
    private boolean succeeded;

    Run(List<Judgement> judgements, PendingChanges visible, boolean undoable) {
      this.judgements = judgements;
      this.visible = visible;
      this.undoable = undoable;
      this.ran = judgements.size();
    }

    @Override
    public void ranOnly(int statements) {
      ran = statements;
    }

    @Override
    public void succeeded() {
      succeeded = true;
    }

    @Override
    public void done() {
      int changing = 0;
      for (Judgement judgement : judgements.subList(0, ran)) {
        DdlVerdict verdict = judgement.verdict();
        if (!verdict.suspects().isEmpty()) {
          boolean certain = verdict.answer() == DdlVerdict.Answer.YES;
          database.count(certain ? Event.DDL_CERTAIN : Event.DDL_MAYBE);
          changing++;
        }
      }
      int undoableStatements = undoable ? changing : 0;
      if (succeeded && judgements.get(judgements.size() - 1).endsTransaction()) {
        pending.set(PendingChanges.NONE);
      } else if (undoableStatements > 0) {
        pending.updateAndGet(current -> current.plusStatements(undoableStatements));
      }
      settle(visible.suspects(), visible.kind());
    }
  }
}
