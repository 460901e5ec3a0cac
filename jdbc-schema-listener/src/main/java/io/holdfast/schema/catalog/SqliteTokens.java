package io.holdfast.schema.catalog;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;

/**
 * The tokens of a statement as SQLite stores it. SQLite keeps the user's text, so what only tells how
 * it was written (space, comments, case of keywords, kind of quotes around a name) must go.
 *
 * @see <a href="https://sqlite.org/lang_keywords.html">quotes in SQLite</a>
 */
final class SqliteTokens {

  /**
   * One token.
   *
   * @param text as written, quotes of a name removed
   * @param kind what it is
   */
  record Token(String text, Kind kind) {

    enum Kind {
      WORD,
      QUOTED_NAME,
      TEXT,
      NUMBER,
      SYMBOL
    }

    /** Whether this is the keyword; a quoted name never is one. */
    boolean is(String keyword) {
      return (kind == Kind.WORD || kind == Kind.SYMBOL) && text.equalsIgnoreCase(keyword);
    }

    boolean isName() {
      return kind == Kind.WORD || kind == Kind.QUOTED_NAME;
    }

    /**
     * Names and keywords in lower case, as SQLite compares them, and in quotes where they would not
     * read as one word; literals as they are.
     */
    String canonical() {
      if (!isName()) {
        return text;
      }
      String folded = text.toLowerCase(Locale.ROOT);
      return kind == Kind.WORD || PLAIN_WORD.matcher(folded).matches()
          ? folded
          : "\"" + folded.replace("\"", "\"\"") + "\"";
    }
  }

  private static final Pattern PLAIN_WORD = Pattern.compile("[a-z_][a-z0-9_$]*");

  private SqliteTokens() {}

  static List<Token> of(String sql) {
    var tokens = new ArrayList<Token>();
    int at = 0;
    while (at < sql.length()) {
      char c = sql.charAt(at);
      int end;
      if (Character.isWhitespace(c)) {
        at++;
        continue;
      } else if (sql.startsWith("--", at)) {
        int newline = sql.indexOf('\n', at);
        at = newline < 0 ? sql.length() : newline + 1;
        continue;
      } else if (sql.startsWith("/*", at)) {
        int close = sql.indexOf("*/", at + 2);
        at = close < 0 ? sql.length() : close + 2;
        continue;
      } else if (c == '\'') {
        end = endOfQuoted(sql, at, '\'');
        tokens.add(new Token(sql.substring(at, end), Token.Kind.TEXT));
      } else if ((c == 'x' || c == 'X') && sql.startsWith("'", at + 1)) {
        end = endOfQuoted(sql, at + 1, '\'');
        tokens.add(new Token(sql.substring(at, end).toLowerCase(Locale.ROOT), Token.Kind.TEXT));
      } else if (c == '"' || c == '`') {
        end = endOfQuoted(sql, at, c);
        String quote = String.valueOf(c);
        String name = sql.substring(at + 1, Math.max(at + 1, end - 1));
        tokens.add(new Token(name.replace(quote + quote, quote), Token.Kind.QUOTED_NAME));
      } else if (c == '[') {
        int close = sql.indexOf(']', at);
        end = close < 0 ? sql.length() : close + 1;
        tokens.add(
            new Token(sql.substring(at + 1, close < 0 ? end : close), Token.Kind.QUOTED_NAME));
      } else if (isWordPart(c)) {
        end = at + 1;
        while (end < sql.length() && (isWordPart(sql.charAt(end)) || isFraction(sql, at, end))) {
          end++;
        }
        tokens.add(new Token(
            sql.substring(at, end), Character.isDigit(c) ? Token.Kind.NUMBER : Token.Kind.WORD));
      } else {
        end = at + symbolLength(sql, at);
        tokens.add(new Token(sql.substring(at, end), Token.Kind.SYMBOL));
      }
      at = end;
    }
    return tokens;
  }

  /** The tokens with one space between them. */
  static String join(List<Token> tokens) {
    var text = new StringBuilder();
    for (Token token : tokens) {
      if (text.length() > 0) {
        text.append(' ');
      }
      text.append(token.canonical());
    }
    return text.toString();
  }

  private static boolean isWordPart(char c) {
    return Character.isLetterOrDigit(c) || c == '_' || c == '$' || c > 127;
  }

  private static boolean isFraction(String sql, int start, int at) {
    return sql.charAt(at) == '.' && Character.isDigit(sql.charAt(start));
  }

  private static int symbolLength(String sql, int at) {
    for (String two : List.of("||", "<=", ">=", "<>", "!=", "==", "<<", ">>", "->")) {
      if (sql.startsWith(two, at)) {
        return 2;
      }
    }
    return 1;
  }

  private static int endOfQuoted(String sql, int start, char quote) {
    int at = start + 1;
    while (at < sql.length()) {
      if (sql.charAt(at) == quote) {
        if (at + 1 < sql.length() && sql.charAt(at + 1) == quote) {
          at += 2;
          continue;
        }
        return at + 1;
      }
      at++;
    }
    return sql.length();
  }
}
