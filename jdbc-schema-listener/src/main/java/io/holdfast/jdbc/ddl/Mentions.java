package io.holdfast.jdbc.ddl;

import io.holdfast.schema.SqlName;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Reads the rest of a statement for the few words that matter, and for the names behind them. */
final class Mentions {

  private static final int TIES =
      Characters.letters("REFERENCES", "INHERIT", "UNION", "PARTITION", "CASCADE");

  private Mentions() {}

  /**
   * Takes up the tables that the rest of the statement ties to its object: references, parents,
   * partitions, new names.
   */
  static void suspectTied(SqlScanner in, StatementFinding out) {
    while (!in.atEndOfStatement()) {
      switch (in.keyword()) {
        case "REFERENCES", "INHERIT" -> {
          in.advance();
          out.alsoSuspect(in.name());
        }
        case "INHERITS", "UNION" -> {
          in.advance();
          suspectList(in, out);
        }
        case "PARTITION" -> {
          // PARTITION OF parent; ATTACH, DETACH PARTITION child; PARTITION BY names none.
          in.advance();
          in.accept("OF");
          if (!in.is("BY")) {
            out.alsoSuspect(in.name());
          }
        }
        case "RENAME" -> {
          in.advance();
          if (in.accept("TO") || in.accept("AS")) {
            out.alsoSuspect(in.name());
          }
        }
        case "CASCADE" -> {
          in.advance();
          if (in.atEndOfStatement() || in.isSymbol(',')) {
            out.suspectEverything();
          }
        }
        // Columns, types, options.
        default -> in.seek(TIES);
      }
    }
  }

  private static void suspectList(SqlScanner in, StatementFinding out) {
    in.acceptSymbol('=');
    if (in.acceptSymbol('(')) {
      do {
        out.alsoSuspect(in.name());
      } while (in.acceptSymbol(','));
    }
  }

  /** Reads on to this word and the name behind it; null if the statement ends before. */
  static @Nullable SqlName nameAfter(String keyword, SqlScanner in) {
    int letter = Characters.letters(keyword);
    while (!in.atEndOfStatement()) {
      if (in.depth() == 0 && in.accept(keyword)) {
        in.accept("ONLY");
        return in.name();
      }
      in.seek(letter);
    }
    return null;
  }

  /** Whether the rest of the statement has this word; reads on to it. */
  static boolean has(String keyword, SqlScanner in) {
    int letter = Characters.letters(keyword);
    while (!in.atEndOfStatement()) {
      if (in.is(keyword)) {
        return true;
      }
      in.seek(letter);
    }
    return false;
  }

  /** Whether the rest of the statement has one of these words; reads on to it. */
  static boolean hasAny(Set<String> keywords, SqlScanner in) {
    int letters = Characters.letters(keywords.toArray(new String[0]));
    while (!in.atEndOfStatement()) {
      if (keywords.contains(in.keyword())) {
        return true;
      }
      in.seek(letters);
    }
    return false;
  }
}
