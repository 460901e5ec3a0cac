package io.holdfast.jdbc;

import io.holdfast.jdbc.ddl.DdlVerdict;
import io.holdfast.schema.Dialect;

/**
 * What running a text means for the ledger.
 *
 * @param verdict what it may do to structure
 * @param boundary what it does to the transaction
 * @param naming what it does to how later names resolve
 * @param mayHideDdl true if it may run DDL that the text does not show
 */
record Judgement(DdlVerdict verdict, Boundary boundary, NamingChange naming, boolean mayHideDdl) {

  /** Nothing to write down: nearly every statement. */
  static final Judgement INERT =
      new Judgement(DdlVerdict.NO, Boundary.NONE, NamingChange.NONE, false);

  /** It shows nothing, but what it calls may change structure. */
  static final Judgement HIDING =
      new Judgement(DdlVerdict.NO, Boundary.NONE, NamingChange.NONE, true);

  static Judgement of(DdlVerdict verdict, String sql, Dialect dialect, boolean mayHideDdl) {
    Boundary boundary = verdict.transactionControl() ? Boundary.of(sql, dialect) : Boundary.NONE;
    NamingChange naming =
        verdict.contextChange() ? NamingChange.of(verdict, sql, dialect) : NamingChange.NONE;
    boolean shows = !verdict.suspects().isEmpty() || boundary != Boundary.NONE || !naming.isNone();
    if (shows) {
      return new Judgement(verdict, boundary, naming, mayHideDdl);
    }
    return mayHideDdl ? HIDING : INERT;
  }

  boolean isInert() {
    return !mayHideDdl && !mayChangeStructure() && boundary == Boundary.NONE && naming.isNone();
  }

  /** Or the rows that answers were made of. */
  boolean mayChangeStructure() {
    return !verdict.suspects().isEmpty();
  }
}
