package io.holdfast.jdbc.ddl;

import io.holdfast.jdbc.ddl.Lexis.Trait;
import io.holdfast.schema.SqlName;
import org.jspecify.annotations.Nullable;

/**
 * Walks a text token by token, with one token in hand. Comments and space are skipped; an executable
 * comment is walked through as the SQL that it is. Each character is looked at a bounded number of
 * times; whatever is not closed ends with the text. Not for sharing between threads.
 */
final class SqlScanner {

  /** What the token in hand is. */
  enum Token {
    /** An unquoted identifier or keyword. */
    WORD,
    /** A quoted identifier, or a double-quoted string where the dialect has these. */
    QUOTED,
    STRING,
    NUMBER,
    SYMBOL,
    /** The semicolon that ends a statement. */
    SEPARATOR,
    /** The end of the text. */
    END
  }

  private final String text;
  private final int length;
  private final Lexis lexis;
  private final Blanks blanks;
  private final Literals literals;
  private final boolean parenthesesHoldSemicolons;

  private Token token = Token.END;
  private int start;
  private int end;
  private int depth;

  /** The word in hand in upper case, once somebody has asked for it. */
  private @Nullable String keyword;

  /** Reads the first token. */
  SqlScanner(String text, Lexis lexis) {
    this(text, lexis, 0);
  }

  private SqlScanner(String text, Lexis lexis, int from) {
    this.text = text;
    this.length = text.length();
    this.lexis = lexis;
    this.blanks = new Blanks(text, lexis);
    this.literals = new Literals(text, lexis);
    this.parenthesesHoldSemicolons = lexis.has(Trait.PARENTHESES_HOLD_SEMICOLONS);
    this.end = from;
    advance();
  }

  /** A scanner of its own that has the token after this one in hand. */
  SqlScanner ahead() {
    return new SqlScanner(text, lexis, end);
  }

  /** Whether the word in hand is the last part of a dotted name. */
  boolean followsDot() {
    return start > 0 && text.charAt(start - 1) == '.';
  }

  Token token() {
    return token;
  }

  /** How many parentheses are open before the token in hand, at least 0. */
  int depth() {
    return depth;
  }

  /** Where the token in hand begins. */
  int position() {
    return start;
  }

  /** Whether the text behind was taken from an executable comment whose version we cannot judge. */
  boolean sawUncertainVersion() {
    return blanks.sawUncertainVersion();
  }

  boolean atEndOfText() {
    return token == Token.END;
  }

  boolean atEndOfStatement() {
    return token == Token.SEPARATOR || token == Token.END;
  }

  boolean isSymbol(char symbol) {
    return token == Token.SYMBOL && text.charAt(start) == symbol;
  }

  /** Whether the token in hand is this keyword, given in upper case. */
  boolean is(String keyword) {
    return token == Token.WORD
        && end - start == keyword.length()
        && (text.charAt(start) & ~0x20) == keyword.charAt(0)
        && text.regionMatches(/* ignoreCase= */ true, start, keyword, 0, keyword.length());
  }

  /** The word in hand in upper case, empty if it is not a word or too long for a keyword. */
  String keyword() {
    if (token != Token.WORD || end - start > WordMemory.LONGEST_WORD) {
      return "";
    }
    if (keyword == null) {
      keyword = lexis.words().upperCase(text, start, end);
    }
    return keyword;
  }

  boolean accept(String keyword) {
    if (is(keyword)) {
      advance();
      return true;
    }
    return false;
  }

  boolean acceptSymbol(char symbol) {
    if (isSymbol(symbol)) {
      advance();
      return true;
    }
    return false;
  }

  /** Accepts {@code IF EXISTS} or {@code IF NOT EXISTS}. */
  boolean acceptIfExists() {
    if (!accept("IF")) {
      return false;
    }
    accept("NOT");
    accept("EXISTS");
    return true;
  }

  /**
   * Reads a name of one or more parts; of these the last two count.
   *
   * @return null if the token in hand is no name; it stays in hand then
   */
  @Nullable
  SqlName name() {
    if (!isNamePart()) {
      return null;
    }
    String schema = null;
    String name = namePart();
    while (isSymbol('.')) {
      advance();
      if (!isNamePart()) {
        break;
      }
      schema = name;
      name = namePart();
    }
    return new SqlName(schema, name);
  }

  private boolean isNamePart() {
    return token == Token.WORD
        || token == Token.QUOTED
        || token == Token.STRING
        || token == Token.NUMBER;
  }

  private String namePart() {
    String part = content();
    advance();
    return part;
  }

  /** The token in hand without its quotes, doubled quotes made single. */
  String content() {
    String raw = text.substring(start, end);
    char first = raw.charAt(0);
    if (first == '\'' || first == '"' || first == '`') {
      String quote = String.valueOf(first);
      return inner(raw, first).replace(quote + quote, quote);
    }
    if (first == '[') {
      return inner(raw, ']').replace("]]", "]");
    }
    if (token == Token.STRING) {
      int opening = first == '$' ? raw.indexOf('$', 1) : raw.indexOf('\'');
      int closing = first == '$' ? raw.lastIndexOf('$', raw.length() - 2) : raw.length() - 1;
      return closing > opening ? raw.substring(opening + 1, closing) : raw.substring(opening + 1);
    }
    return raw;
  }

  private static String inner(String raw, char closing) {
    boolean closed = raw.length() > 1 && raw.charAt(raw.length() - 1) == closing;
    return raw.substring(1, closed ? raw.length() - 1 : raw.length());
  }

  /** Takes the next token in hand; at the end of the text it stays there. */
  void advance() {
    if (token == Token.SYMBOL && end > start) {
      countParenthesis(text.charAt(start));
    } else if (token == Token.SEPARATOR) {
      depth = 0;
    }
    keyword = null;
    start = blanks.skip(end);
    if (start >= length) {
      start = length;
      end = length;
      token = Token.END;
      return;
    }
    read(text.charAt(start));
  }

  private void countParenthesis(char symbol) {
    if (symbol == '(') {
      depth++;
    } else if (symbol == ')' && depth > 0) {
      depth--;
    }
  }

  private void read(char first) {
    if (Characters.startsWord(first)) {
      readWord();
    } else if (first >= '0' && first <= '9') {
      take(Token.NUMBER, afterNumber(start));
    } else {
      readPunctuation(first);
    }
  }

  private void readWord() {
    int at = afterWord(start);
    if (at - start <= 2 && at < length && readPrefixed(at)) {
      return;
    }
    take(Token.WORD, at);
  }

  /** Strings and names that a short word introduces: {@code E'…'}, {@code U&"…"}. */
  private boolean readPrefixed(int at) {
    if (text.charAt(at) == '\'') {
      int after = literals.afterPrefixed(start, at);
      if (after >= 0) {
        take(Token.STRING, after);
        return true;
      }
    } else if (text.charAt(at) == '&'
        && at + 1 < length
        && at - start == 1
        && (text.charAt(start) | 0x20) == 'u') {
      char quote = text.charAt(at + 1);
      if (quote == '\'' || quote == '"') {
        Token kind = quote == '"' ? Token.QUOTED : Token.STRING;
        take(kind, literals.afterQuoted(at + 1, quote, /* backslash= */ false));
        return true;
      }
    }
    return false;
  }

  private void readPunctuation(char first) {
    switch (first) {
      case '\'' -> take(Token.STRING, literals.afterString(start));
      case '"' -> take(Token.QUOTED, literals.afterDoubleQuoted(start));
      case '`' -> readNameIf(Trait.BACKTICKS, '`');
      case '[' -> readNameIf(Trait.BRACKETS, ']');
      case '$' -> readDollar();
      case '@' -> readAtName();
      case ';' -> {
        boolean held = parenthesesHoldSemicolons && depth > 0;
        take(held ? Token.SYMBOL : Token.SEPARATOR, start + 1);
      }
      default -> take(Token.SYMBOL, start + 1);
    }
  }

  private void take(Token kind, int until) {
    token = kind;
    end = until;
  }

  private void readNameIf(Trait trait, char closing) {
    if (lexis.has(trait)) {
      take(Token.QUOTED, literals.afterQuoted(start, closing, /* backslash= */ false));
    } else {
      take(Token.SYMBOL, start + 1);
    }
  }

  private void readDollar() {
    int after = literals.afterDollarQuoted(start);
    int wordEnd = literals.endOfDollarWord(start);
    if (after >= 0) {
      take(Token.STRING, after);
    } else {
      take(wordEnd > start + 1 ? Token.NUMBER : Token.SYMBOL, wordEnd);
    }
  }

  private void readAtName() {
    int at = start + 1;
    while (lexis.has(Trait.AT_NAMES)
        && at < length
        && (text.charAt(at) == '@' || Characters.continuesWord(text.charAt(at)))) {
      at++;
    }
    take(at > start + 1 ? Token.NUMBER : Token.SYMBOL, at);
  }

  /** Whether the character right behind the token in hand is this one. */
  boolean isFollowedBy(char symbol) {
    return end < length && text.charAt(end) == symbol;
  }

  /** Reads on until the token in hand ends the statement. */
  void skipStatement() {
    while (!atEndOfStatement()) {
      seek(/* firstLetters= */ 0);
    }
  }

  /**
   * Takes in hand the next word that begins with one of these letters, or anything before it that
   * only {@link #advance} can read: a quote, a comment, a semicolon. Other words, numbers and symbols
   * are passed over; parentheses are counted.
   *
   * @param firstLetters see {@link Characters#letters}
   */
  void seek(int firstLetters) {
    if (atEndOfText()) {
      return;
    }
    if (token == Token.SYMBOL) {
      countParenthesis(text.charAt(start));
    } else if (token == Token.SEPARATOR) {
      depth = 0;
    }
    int at = end;
    while (at < length) {
      char c = text.charAt(at);
      if (Characters.startsWord(c)) {
        if (Characters.isOneOf(firstLetters, c)) {
          break;
        }
        int word = at;
        at = afterWord(at);
        if (at - word <= 2 && at < length && (text.charAt(at) == '\'' || text.charAt(at) == '&')) {
          at = word;
          break;
        }
      } else if (c >= '0' && c <= '9') {
        at = afterNumber(at);
      } else if (c == '(' || c == ')') {
        countParenthesis(c);
        at++;
      } else if (Characters.mayBeginQuoteOrComment(c)) {
        break;
      } else {
        at++;
      }
    }
    take(Token.WORD, at);
    advance();
  }

  private int afterWord(int from) {
    int at = from + 1;
    while (at < length && Characters.continuesWord(text.charAt(at))) {
      at++;
    }
    return at;
  }

  private int afterNumber(int from) {
    int at = from + 1;
    while (at < length && Characters.continuesNumber(text.charAt(at))) {
      at++;
    }
    return at;
  }

  /** Reads on to the end of the text. */
  void skipText() {
    end = length;
    start = length;
    token = Token.END;
  }
}
