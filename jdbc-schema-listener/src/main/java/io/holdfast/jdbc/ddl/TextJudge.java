package io.holdfast.jdbc.ddl;

import io.holdfast.jdbc.ddl.DdlVerdict.Answer;
import io.holdfast.jdbc.ddl.SqlScanner.Token;
import io.holdfast.schema.Dialect;
import io.holdfast.schema.Suspects;
import org.jspecify.annotations.Nullable;

/** Judges a text anew: splits it into statements, asks the rules, puts the findings together. */
final class TextJudge implements DdlRecognizer {

  private final Lexis lexis;
  private final StatementRules rules;
  private final PlainStatements plain;

  /** Whether drivers differ in running what follows the first statement. */
  private final boolean laterStatementsAreUncertain;

  private final boolean backslashesDependOnSession;

  TextJudge(Dialect dialect) {
    this.lexis = Lexis.of(dialect);
    this.rules = rulesOf(dialect);
    this.plain = new PlainStatements(dialect);
    // sqlite-jdbc: execute() runs the first statement only, executeUpdate() and batches run all.
    this.laterStatementsAreUncertain = dialect == Dialect.SQLITE;
    this.backslashesDependOnSession = dialect == Dialect.POSTGRESQL;
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
    if (backslashesDependOnSession && sql.contains("\\'")) {
      return judgeBothWays(sql);
    }
    return plain.isPlain(sql) ? DdlVerdict.NO : judge(sql, lexis);
  }

  /** A setting of the session says whether the string ends here, and the text does not tell it. */
  private DdlVerdict judgeBothWays(String sql) {
    DdlVerdict usual = judge(sql, lexis);
    DdlVerdict other = judge(sql, Lexis.POSTGRESQL_WITH_BACKSLASHES);
    if (usual.answer() == other.answer()) {
      return usual;
    }
    return new DdlVerdict(
        Answer.MAYBE,
        usual.kind().isEmpty() ? other.kind() : usual.kind(),
        usual.objects(),
        Suspects.ALL,
        usual.transactionControl() || other.transactionControl(),
        usual.contextChange() || other.contextChange());
  }

  private DdlVerdict judge(String sql, Lexis spelling) {
    var in = new SqlScanner(sql, spelling);
    @Nullable StatementFinding all = null;
    String decidingKind = "";
    while (!in.atEndOfText()) {
      skipPrefix(in);
      if (in.token() == Token.WORD) {
        String kind = in.keyword();
        StatementFinding finding = statement(in, /* first= */ all == null);
        Answer before = all == null ? Answer.NO : all.answer();
        if (finding.answer().compareTo(before) < 0
            || (finding.isEmptying() && decidingKind.isEmpty())) {
          decidingKind = kind;
        }
        if (all == null) {
          all = finding;
        } else {
          all.absorb(finding);
        }
      }
      in.skipStatement();
      if (in.token() == Token.SEPARATOR) {
        in.advance();
      }
    }
    return all == null ? DdlVerdict.NO : all.verdict(decidingKind);
  }

  private StatementFinding statement(SqlScanner in, boolean first) {
    var finding = new StatementFinding();
    rules.judge(in, finding);
    if (in.sawUncertainVersion() || (!first && laterStatementsAreUncertain)) {
      finding.capAtMaybe();
    }
    finding.complete();
    return finding;
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
