package io.holdfast.jdbc.ddl;

import io.holdfast.jdbc.ddl.Lexis.Trait;
import io.holdfast.schema.SqlName;
import java.util.Locale;
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
  private final boolean backslashEscapes;
  private final boolean parenthesesHoldSemicolons;

  private Token token = Token.END;
  private int start;
  private int end;
  private int depth;

  /** Reads the first token. */
  SqlScanner(String text, Lexis lexis) {
    this(text, lexis, 0);
  }

  private SqlScanner(String text, Lexis lexis, int from) {
    this.text = text;
    this.length = text.length();
    this.lexis = lexis;
    this.blanks = new Blanks(text, lexis);
    this.backslashEscapes = lexis.has(Trait.BACKSLASH_ESCAPES);
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
        && text.regionMatches(/* ignoreCase= */ true, start, keyword, 0, keyword.length());
  }

  /** The word in hand in upper case, empty if it is not a word or too long for a keyword. */
  String keyword() {
    return token == Token.WORD && end - start <= 32
        ? text.substring(start, end).toUpperCase(Locale.ROOT)
        : "";
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
      token = Token.NUMBER;
      end = start + 1;
      while (end < length && Characters.continuesNumber(text.charAt(end))) {
        end++;
      }
    } else {
      readPunctuation(first);
    }
  }

  private void readWord() {
    int at = start + 1;
    while (at < length && Characters.continuesWord(text.charAt(at))) {
      at++;
    }
    end = at;
    token = Token.WORD;
    if (at < length && text.charAt(at) == '\'' && at - start <= 2) {
      readPrefixedString(at);
    } else if (at + 1 < length
        && text.charAt(at) == '&'
        && at - start == 1
        && (text.charAt(start) | 0x20) == 'u') {
      if (text.charAt(at + 1) == '\'') {
        readString(at + 1, /* backslash= */ false);
      } else if (text.charAt(at + 1) == '"') {
        readQuoted(at + 1, '"', Token.QUOTED, /* backslash= */ false);
      }
    }
  }

  /** {@code E'…'}, {@code N'…'}, {@code X'…'}, {@code q'[…]'}; the quote stands right behind the word. */
  private void readPrefixedString(int quote) {
    char last = (char) (text.charAt(quote - 1) | 0x20);
    if (last == 'q' && lexis.has(Trait.ALTERNATIVE_QUOTES) && quote + 1 < length) {
      char opening = text.charAt(quote + 1);
      String closing = Characters.closingBracket(opening) + "'";
      int close = text.indexOf(closing, quote + 2);
      token = Token.STRING;
      end = close < 0 ? length : close + 2;
    } else if (quote - start == 1 && "ebnx".indexOf(last) >= 0) {
      readString(quote, backslashEscapes || (last == 'e' && lexis.has(Trait.ESCAPE_STRINGS)));
    }
  }

  private void readPunctuation(char first) {
    switch (first) {
      case '\'' -> readString(start, backslashEscapes);
      case '"' -> readQuoted(start, '"', Token.QUOTED, backslashEscapes);
      case '`' -> {
        if (lexis.has(Trait.BACKTICKS)) {
          readQuoted(start, '`', Token.QUOTED, /* backslash= */ false);
        } else {
          readSymbol();
        }
      }
      case '[' -> {
        if (lexis.has(Trait.BRACKETS)) {
          readQuoted(start, ']', Token.QUOTED, /* backslash= */ false);
        } else {
          readSymbol();
        }
      }
      case '$' -> readDollar();
      case '@' -> {
        if (lexis.has(Trait.AT_NAMES)) {
          readAtName();
        } else {
          readSymbol();
        }
      }
      case ';' -> {
        readSymbol();
        if (!(parenthesesHoldSemicolons && depth > 0)) {
          token = Token.SEPARATOR;
        }
      }
      default -> readSymbol();
    }
  }

  private void readSymbol() {
    token = Token.SYMBOL;
    end = start + 1;
  }

  private void readString(int quote, boolean backslash) {
    readQuoted(quote, '\'', Token.STRING, backslash);
  }

  /** Reads on to the closing quote; a doubled one stands for itself. */
  private void readQuoted(int opening, char closing, Token kind, boolean backslash) {
    token = kind;
    int at = opening + 1;
    while (true) {
      int close = backslash ? closingAfterEscapes(at, closing) : text.indexOf(closing, at);
      if (close < 0) {
        end = length;
        return;
      }
      at = close + 1;
      if (at < length && text.charAt(at) == closing) {
        at++;
      } else {
        end = at;
        return;
      }
    }
  }

  private int closingAfterEscapes(int from, char closing) {
    for (int at = from; at < length; at++) {
      char c = text.charAt(at);
      if (c == '\\') {
        at++;
      } else if (c == closing) {
        return at;
      }
    }
    return -1;
  }

  private void readDollar() {
    readSymbol();
    if (!lexis.has(Trait.DOLLAR_QUOTES)) {
      return;
    }
    int at = start + 1;
    while (at < length && text.charAt(at) != '$' && Characters.continuesWord(text.charAt(at))) {
      at++;
    }
    boolean tag = at < length
        && text.charAt(at) == '$'
        && (at == start + 1 || !Character.isDigit(text.charAt(start + 1)));
    if (tag) {
      String delimiter = text.substring(start, at + 1);
      int close = text.indexOf(delimiter, at + 1);
      token = Token.STRING;
      end = close < 0 ? length : close + delimiter.length();
    } else if (at > start + 1) {
      // A parameter such as $1.
      token = Token.NUMBER;
      end = at;
    }
  }

  private void readAtName() {
    int at = start + 1;
    while (at < length && (text.charAt(at) == '@' || Characters.continuesWord(text.charAt(at)))) {
      at++;
    }
    end = at;
    token = Token.NUMBER;
    if (at == start + 1) {
      readSymbol();
    }
  }

  /** Whether the character right behind the token in hand is this one. */
  boolean isFollowedBy(char symbol) {
    return end < length && text.charAt(end) == symbol;
  }

  /**
   * Reads on until the token in hand ends the statement. Runs over words and numbers character by
   * character and takes a token only where a quote, comment or semicolon may begin.
   */
  void skipStatement() {
    while (!atEndOfStatement()) {
      if (token == Token.SYMBOL) {
        countParenthesis(text.charAt(start));
      }
      int at = end;
      while (at < length && isPassedOver(text.charAt(at), at)) {
        at++;
      }
      token = Token.WORD;
      end = at < length && text.charAt(at) == '\'' ? prefixOf(at) : at;
      advance();
    }
  }

  private boolean isPassedOver(char c, int at) {
    if (!Characters.mayBeginQuoteOrComment(c)) {
      return true;
    }
    // Within a word a dollar sign quotes nothing.
    return c == '$' && at > end && Characters.continuesWord(text.charAt(at - 1));
  }

  /** Where the token of this quote begins: at a prefix such as E or N, if there is one. */
  private int prefixOf(int quote) {
    int at = quote;
    while (at > end && quote - at < 3 && Characters.continuesWord(text.charAt(at - 1))) {
      at--;
    }
    return quote - at < 3 ? at : quote;
  }

  /** Reads on to the end of the text. */
  void skipText() {
    end = length;
    start = length;
    token = Token.END;
  }
}
