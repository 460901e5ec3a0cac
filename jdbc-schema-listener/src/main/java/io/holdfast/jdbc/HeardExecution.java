package io.holdfast.jdbc;

import io.holdfast.jdbc.ddl.DdlVerdict;
import io.holdfast.schema.WatchedDatabase.Event;
import java.util.List;

/** One call of the driver that may change structure, the transaction or the context. */
final class HeardExecution implements Ledger.Execution {

  private final TransactionLedger ledger;
  private final List<Judgement> judgements;
  private final Boundary boundary;
  private final PendingChanges visible;
  private final boolean inTransaction;
  private final boolean undoable;
  private int ran;
  private boolean succeeded;

  /**
   * Opens the execution; what it may make visible is in doubt already.
   *
   * @param boundary what the statements together do to the transaction
   * @param visible what to settle afterwards
   * @param inTransaction whether a transaction was open before
   * @param undoable whether a rollback would undo what the statements did
   */
  HeardExecution(
      TransactionLedger ledger,
      List<Judgement> judgements,
      Boundary boundary,
      PendingChanges visible,
      boolean inTransaction,
      boolean undoable) {
    this.ledger = ledger;
    this.judgements = judgements;
    this.boundary = boundary;
    this.visible = visible;
    this.inTransaction = inTransaction;
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
      changing += count(judgement);
      if (succeeded) {
        ledger.namingChanged(judgement.naming(), inTransaction);
      } else {
        ledger.namingPerhapsChanged(judgement.naming());
      }
    }
    if (undoable) {
      ledger.undoable(changing);
    }
    if (succeeded) {
      ledger.passed(boundary);
    }
    ledger.settleOrProbe(visible.suspects(), visible.kind(), visible.mayHideDdl());
  }

  private int count(Judgement judgement) {
    if (judgement.mayHideDdl()) {
      ledger.count(Event.MAY_HIDE_DDL, 1);
    }
    DdlVerdict verdict = judgement.verdict();
    if (verdict.suspects().isEmpty()) {
      return 0;
    }
    boolean certain = verdict.answer() == DdlVerdict.Answer.YES;
    ledger.count(certain ? Event.DDL_CERTAIN : Event.DDL_MAYBE, 1);
    return 1;
  }
}
