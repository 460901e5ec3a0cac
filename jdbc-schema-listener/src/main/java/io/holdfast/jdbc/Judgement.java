package io.holdfast.jdbc;

import io.holdfast.jdbc.ddl.DdlVerdict;
import io.holdfast.schema.Dialect;

/**
 * What running a text means for the ledger.
 *
 * @param verdict what it may do to structure
 * @param boundary what it does to the transaction
 * @param naming what it does to how later names resolve
 */
record Judgement(DdlVerdict verdict, Boundary boundary, NamingChange naming) {

  /** Nothing to write down: nearly every statement. */
  static final Judgement INERT = new Judgement(DdlVerdict.NO, Boundary.NONE, NamingChange.NONE);

  static Judgement of(DdlVerdict verdict, String sql, Dialect dialect) {
    boolean changes = !verdict.suspects().isEmpty();
    if (!changes && !verdict.transactionControl() && !verdict.contextChange()) {
      return INERT;
    }
    Boundary boundary = verdict.transactionControl() ? Boundary.of(sql, dialect) : Boundary.NONE;
    NamingChange naming =
        verdict.contextChange() ? NamingChange.of(verdict, sql, dialect) : NamingChange.NONE;
    boolean inert = !changes && boundary == Boundary.NONE && naming.isNone();
    return inert ? INERT : new Judgement(verdict, boundary, naming);
  }

  boolean isInert() {
    return !mayChangeStructure() && boundary == Boundary.NONE && naming.isNone();
  }

  /** Or the rows that answers were made of. */
  boolean mayChangeStructure() {
    return !verdict.suspects().isEmpty();
  }
}
