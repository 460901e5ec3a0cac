package io.holdfast.jdbc.ddl;

import io.holdfast.jdbc.ddl.SqlScanner.Token;

/** EXECUTE IMMEDIATE: a literal alone is judged as the SQL that it is, an expression may be any SQL. */
final class ImmediateText {

  private ImmediateText() {}

  static void judge(SqlScanner in, Lexis lexis, StatementRules rules, StatementFinding out) {
    boolean literal = in.token() == Token.STRING || in.token() == Token.QUOTED;
    String content = literal ? in.content() : "";
    if (!in.atEndOfStatement()) {
      in.advance();
    }
    if (!literal || !(in.atEndOfStatement() || in.is("USING"))) {
      out.maybeAnything();
      return;
    }
    var inner = new SqlScanner(content, lexis);
    // The text within is judged for what it does itself; one EXECUTE IMMEDIATE in another is not.
    if (inner.is("EXECUTE")) {
      out.maybeAnything();
    } else if (!inner.atEndOfStatement()) {
      rules.judge(inner, out);
    }
  }
}
