package io.holdfast.jdbc;

import io.holdfast.jdbc.PendingChanges.Steering;
import io.holdfast.jdbc.ddl.DdlRecognizer;
import io.holdfast.schema.Dialect;
import io.holdfast.schema.SchemaKey;
import io.holdfast.schema.Suspects;
import io.holdfast.schema.TableName;
import io.holdfast.schema.WatchedDatabase;
import io.holdfast.schema.WatchedDatabase.Event;
import java.sql.Savepoint;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * The ledger of a watched database: decides when a change that this connection made becomes true for
 * everybody (design D8).
 *
 * <p>Whatever may become visible is put in doubt before the call that makes it visible goes out, and
 * is read from the catalog after that call, whether it succeeded or failed. So nobody can be served an
 * answer for a structure that is just going away. What is visible to this connection only stays
 * pending until the transaction ends, be it by a call or by a text.
 *
 * <p>Used by the connection's threads; the state is one immutable value, so no call of the driver is
 * ever made under a lock.
 */
final class TransactionLedger implements Ledger {

  private final WatchedDatabase database;
  private final Dialect dialect;
  private final DdlRecognizer recognizer;
  private final DdlTiming timing;
  private final ConnectOptions options;
  private final SessionNames names;
  private final AtomicReference<PendingChanges> pending =
      new AtomicReference<>(PendingChanges.NONE);
  private volatile boolean autoCommit;
  private volatile boolean inBranch;
  private volatile boolean escaped;
  private volatile boolean waitedForFirstReading;

  /**
   * A ledger with nothing in it.
   *
   * @param path the schemas in which the connection looks for names without one; null if unknown
   */
  TransactionLedger(
      WatchedDatabase database,
      DdlRecognizer recognizer,
      DdlTiming timing,
      boolean autoCommit,
      @Nullable List<String> path,
      ConnectOptions options) {
    this.database = database;
    this.dialect = database.identity().dialect();
    this.recognizer = recognizer;
    this.timing = timing;
    this.autoCommit = autoCommit;
    this.names = new SessionNames(dialect == Dialect.POSTGRESQL, path);
    this.options = options;
  }

  @Override
  public Judgement judge(String sql) {
    if (names.isChangedInTransaction() && mentionsRollback(sql)) {
      // ROLLBACK TO changes nothing that we keep but this.
      names.rolledBackTo();
    }
    return Judgement.of(recognizer.recognise(sql), sql, dialect, database.mayHideDdl(sql));
  }

  private static boolean mentionsRollback(String sql) {
    int length = "rollback".length();
    return IntStream.rangeClosed(0, sql.length() - length)
        .anyMatch(start -> sql.regionMatches(true, start, "rollback", 0, length));
  }

  @Override
  public Execution executing(List<Judgement> judgements) {
    Boundary boundary = boundary(judgements);
    PendingChanges before = pending();
    PendingChanges own = own(judgements);
    if (!own.suspects().isEmpty()) {
      awaitFirstReading();
    }
    boolean unclear = before.steering() == Steering.UNCLEAR
        || boundary == Boundary.UNCLEAR
        || boundary == Boundary.ENDS;
    boolean open = !autoCommit || inBranch || before.steering() == Steering.TEXT;
    // What hides in a function obeys its own rules: looked for now and at the end.
    if ((timing.staysPending() || own.mayHideDdl()) && (open || unclear)) {
      PendingChanges more = unclear ? own.steered(Steering.UNCLEAR) : own;
      pending.updateAndGet(current -> current.plus(more));
    }
    boolean settlesAtOnce = timing.settlesAtOnce() || !open || unclear;
    // What came before may be committed by this statement, too.
    PendingChanges visible =
        settlesAtOnce || boundary == Boundary.COMMITS ? before.plus(own) : PendingChanges.NONE;
    if (!visible.suspects().isEmpty()) {
      database.suspect(visible.suspects());
    }
    return new HeardExecution(this, judgements, boundary, visible, open || unclear, !settlesAtOnce);
  }

  private PendingChanges own(List<Judgement> judgements) {
    PendingChanges own = PendingChanges.of(judgements);
    boolean movesThePath =
        judgements.stream().anyMatch(judgement -> judgement.naming().changesPath());
    return movesThePath || own.suspects().isEmpty()
        ? own
        : own.withSuspects(names.qualified(own.suspects(), database));
  }

  /** Of several statements only the last one can tell clearly, namely that nothing is open. */
  private static Boundary boundary(List<Judgement> judgements) {
    Boundary last = judgements.get(judgements.size() - 1).boundary();
    if (judgements.size() == 1) {
      return last;
    }
    if (last == Boundary.COMMITS || last == Boundary.ROLLS_BACK || last == Boundary.ENDS) {
      return Boundary.ENDS;
    }
    boolean steers =
        judgements.stream().anyMatch(judgement -> judgement.boundary() != Boundary.NONE);
    return steers ? Boundary.UNCLEAR : Boundary.NONE;
  }

  /** A text has succeeded that steers the transaction. */
  void passed(Boundary boundary) {
    switch (boundary) {
      case NONE -> {
        // Nothing has begun or ended.
      }
      case BEGINS -> {
        if (timing.staysPending() && autoCommit) {
          pending.updateAndGet(current -> current.steered(Steering.TEXT));
        }
      }
      case COMMITS, HANDS_OVER -> {
        pending.set(PendingChanges.NONE);
        names.committed();
      }
      case ROLLS_BACK -> rolledBack();
      case ENDS -> {
        pending.set(PendingChanges.NONE);
        names.endedSomehow();
      }
      case UNCLEAR -> names.endedSomehow();
    }
  }

  /** So many statements have run that a rollback would undo. */
  void undoable(int statements) {
    pending.updateAndGet(current -> current.plusStatements(statements));
  }

  @Override
  public Ending readingOn(Judgement judgement) {
    PendingChanges behind = own(List.of(judgement));
    boolean open = !autoCommit || inBranch || pending().steering() != Steering.CALLS;
    if (timing.staysPending() && open) {
      pending.updateAndGet(current -> current.plus(behind));
    }
    boolean settlesAtOnce = timing.settlesAtOnce() || !open;
    return settlesAtOnce ? endingOf(behind) : Ending.NONE;
  }

  @Override
  public Ending ending() {
    PendingChanges ending = pending();
    boolean heardAll = ending.isNothing() && !escaped;
    return heardAll && !names.isChangedInTransaction()
        ? Ending.NONE
        : begin(ending, ending.suspects());
  }

  @Override
  public Ending closing() {
    if (inBranch && !escaped) {
      // What is pending belongs to the branch, which outlives the handle.
      return Ending.NONE;
    }
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
        names.committed();
        settleOrProbe(suspects, ending.kind(), ending.mayHideDdl() || escaped);
      }

      @Override
      public void failed() {
        names.endedSomehow();
        // Still open, and locking what it changed, or over.
        pending.updateAndGet(current -> current.steered(Steering.UNCLEAR));
        settleOrProbe(suspects, ending.kind(), ending.mayHideDdl() || escaped);
      }
    };
  }

  @Override
  public void rolledBack() {
    PendingChanges undone = pending.getAndSet(PendingChanges.NONE);
    names.rolledBack();
    undone(undone);
  }

  @Override
  public void undone(PendingChanges undone) {
    count(Event.DDL_ROLLED_BACK, undone.statements());
    boolean mayHaveCommitted =
        undone.suspects().everything() || undone.steering() == Steering.UNCLEAR;
    if (mayHaveCommitted && !undone.suspects().isEmpty()) {
      // A procedure, or a COMMIT in a text, can have committed what this rollback did not undo.
      database.suspect(undone.suspects());
      settle(undone.suspects(), undone.kind());
    }
  }

  @Override
  public void savepointSet(Savepoint savepoint) {
    pending.updateAndGet(current -> current.withMark(savepoint));
  }

  @Override
  public void rolledBackTo(Savepoint savepoint) {
    PendingChanges before = pending.getAndUpdate(current -> current.backTo(savepoint));
    names.rolledBackTo();
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
  public void schemaSet(@Nullable String schema) {
    boolean known = schema != null && (dialect == Dialect.POSTGRESQL || dialect == Dialect.H2);
    pathSet(known ? schema : null);
  }

  @Override
  public void catalogSet(@Nullable String catalog) {
    if (dialect == Dialect.MYSQL || dialect == Dialect.MARIADB) {
      pathSet(catalog);
    } else if (dialect != Dialect.POSTGRESQL && dialect != Dialect.H2) {
      // There it does nothing; elsewhere who knows.
      pathSet(null);
    }
  }

  private void pathSet(@Nullable String schema) {
    boolean open = !autoCommit || inBranch || pending().steering() != Steering.CALLS;
    namingChanged(
        schema == null ? NamingChange.UNKNOWN_PATH : NamingChange.to(List.of(schema), false), open);
  }

  void namingChanged(NamingChange change, boolean inTransaction) {
    if (!change.isNone()) {
      names.changed(change, inTransaction);
    }
  }

  void namingPerhapsChanged(NamingChange change) {
    if (!change.isNone()) {
      names.failedToChange(change);
    }
  }

  @Override
  public void escaped() {
    escaped = true;
    database.count(Event.BLIND_SPOT);
  }

  @Override
  public void branchBegun(PendingChanges soFar) {
    inBranch = true;
    pending.set(soFar);
  }

  @Override
  public PendingChanges inBranch() {
    return inBranch ? pending() : PendingChanges.NONE;
  }

  @Override
  public void branchEnded() {
    if (timing.staysPending()) {
      // With some resource managers the connection is its own again, with others it is not.
      pending.updateAndGet(current -> current.steered(Steering.UNCLEAR));
    }
  }

  @Override
  public void branchLeft() {
    inBranch = false;
    pending.set(PendingChanges.NONE);
    names.endedSomehow();
  }

  @Override
  public Ending endingOf(PendingChanges branch) {
    Suspects suspects = branch.suspects();
    if (suspects.isEmpty() && !branch.mayHideDdl()) {
      return Ending.NONE;
    }
    if (!suspects.isEmpty()) {
      database.suspect(suspects);
    }
    return new Ending() {
      @Override
      public void done() {
        settleOrProbe(suspects, branch.kind(), branch.mayHideDdl());
      }

      @Override
      public void failed() {
        settleOrProbe(suspects, branch.kind(), branch.mayHideDdl());
      }
    };
  }

  @Override
  public Optional<WatchedDatabase> database() {
    return Optional.of(database);
  }

  @Override
  public Optional<SchemaKey> key(TableName table, String discriminator) {
    if (options.verifies() || escaped) {
      // What went past us may have been DDL, committed by now.
      return verifiedKey(table, discriminator);
    }
    return isDirty(table) ? Optional.empty() : database.key(table, discriminator);
  }

  @Override
  public Optional<SchemaKey> verifiedKey(TableName table, String discriminator) {
    return isDirty(table) ? Optional.empty() : database.verifiedKey(table, discriminator);
  }

  /** Whether this connection may see another structure under the name than everybody else. */
  private boolean isDirty(TableName table) {
    PendingChanges open = pending();
    boolean inTransaction = !autoCommit || inBranch || open.steering() != Steering.CALLS;
    if (inTransaction && (escaped || open.mayHideDdl())) {
      // The open transaction may hold DDL that we could not hear.
      return true;
    }
    if (names.hides(table)) {
      return true;
    }
    Suspects dirty = open.suspects();
    return !dirty.isEmpty() && DirtyTables.include(dirty, table, database);
  }

  private PendingChanges pending() {
    return Objects.requireNonNull(pending.get());
  }

  private void settle(Suspects suspects, @Nullable String kind) {
    if (!suspects.isEmpty()) {
      database.settle(suspects, kind);
    }
  }

  /**
   * Settles, and looks for what nobody could hear.
   *
   * @param unheard whether there may have been such a thing
   */
  void settleOrProbe(Suspects suspects, @Nullable String kind, boolean unheard) {
    settle(suspects, kind);
    if (unheard && !suspects.everything()) {
      database.probeBlindSpot();
    }
  }

  void count(Event event, int times) {
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
      database.awaitReady(options.firstReadingWait().toMillis());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
