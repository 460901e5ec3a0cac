package io.holdfast.jdbc.ddl;

import io.holdfast.jdbc.ddl.SqlScanner.Token;
import io.holdfast.schema.Dialect;

/** Judges a text anew: splits it into statements, asks the rules, puts the findings together. */
final class TextJudge implements DdlRecognizer {

  private final Lexis lexis;
  private final StatementRules rules;
  private final PlainStatements plain;

  /** Whether drivers differ in running what follows the first statement. */
  private final boolean laterStatementsAreUncertain;

  TextJudge(Dialect dialect) {
    this.lexis = Lexis.of(dialect);
    this.rules = rulesOf(dialect);
    this.plain = new PlainStatements(dialect);
    // sqlite-jdbc: execute() runs the first statement only, executeUpdate() and batches run all.
    this.laterStatementsAreUncertain = dialect == Dialect.SQLITE;
  }

  private static StatementRules rulesOf(Dialect dialect) {
    return switch (dialect) {
      case POSTGRESQL -> new PostgresRules();
      case MYSQL -> new MysqlRules(Lexis.MYSQL);
      case MARIADB -> new MysqlRules(Lexis.MARIADB);
      case SQLITE -> new SqliteRules();
      case H2 -> new H2Rules();
      case ORACLE -> new StandardRules(/* oracle= */ true);
      case SQLSERVER -> new SqlServerRules();
      case GENERIC -> new StandardRules(/* oracle= */ false);
    };
  }

  @Override
  public DdlVerdict recognise(String sql) {
    return plain.isPlain(sql) ? DdlVerdict.NO : judge(sql);
  }

  private DdlVerdict judge(String sql) {
    var in = new SqlScanner(sql, lexis);
    var all = new StatementFinding();
    String decidingKind = "";
    boolean first = true;
    while (!in.atEndOfText()) {
      skipPrefix(in);
      if (in.token() == Token.WORD) {
        String kind = in.keyword();
        var finding = new StatementFinding();
        rules.judge(in, finding);
        if (in.sawUncertainVersion() || (!first && laterStatementsAreUncertain)) {
          finding.capAtMaybe();
        }
        if (finding.answer().compareTo(all.answer()) < 0) {
          decidingKind = kind;
        }
        finding.complete();
        all.absorb(finding);
        first = false;
      }
      in.skipStatement();
      if (in.token() == Token.SEPARATOR) {
        in.advance();
      }
    }
    return all.verdict(decidingKind);
  }

  /** Parentheses, the braces of a JDBC call, H2's leading {@code @}. */
  private static void skipPrefix(SqlScanner in) {
    while (in.isSymbol('(')
        || in.isSymbol('{')
        || in.isSymbol('?')
        || in.isSymbol('=')
        || in.isSymbol('@')) {
      in.advance();
    }
  }
}
