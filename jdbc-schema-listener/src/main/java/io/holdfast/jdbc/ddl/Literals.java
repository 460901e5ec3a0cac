package io.holdfast.jdbc.ddl;

import io.holdfast.jdbc.ddl.Lexis.Trait;

/** Finds where quoted tokens of a text end; what is not closed ends with the text. */
final class Literals {

  private final String text;
  private final int length;
  private final boolean backslashEscapes;
  private final boolean escapeStrings;
  private final boolean dollarQuotes;
  private final boolean alternativeQuotes;

  Literals(String text, Lexis lexis) {
    this.text = text;
    this.length = text.length();
    this.backslashEscapes = lexis.has(Trait.BACKSLASH_ESCAPES);
    this.escapeStrings = lexis.has(Trait.ESCAPE_STRINGS);
    this.dollarQuotes = lexis.has(Trait.DOLLAR_QUOTES);
    this.alternativeQuotes = lexis.has(Trait.ALTERNATIVE_QUOTES);
  }

  /** The end of what opens here and is closed by this character; a doubled one stands for itself. */
  int afterQuoted(int opening, char closing, boolean backslash) {
    int at = opening + 1;
    while (true) {
      int close = backslash ? closingAfterEscapes(at, closing) : text.indexOf(closing, at);
      if (close < 0) {
        return length;
      }
      at = close + 1;
      if (at >= length || text.charAt(at) != closing) {
        return at;
      }
      at++;
    }
  }

  int afterString(int quote) {
    return afterQuoted(quote, '\'', backslashEscapes);
  }

  int afterDoubleQuoted(int quote) {
    return afterQuoted(quote, '"', backslashEscapes);
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

  /**
   * {@code E'…'}, {@code N'…'}, {@code X'…'}, {@code q'[…]'}: the end of a string whose quote stands
   * right behind a word of one or two letters, or -1 if the word is no prefix.
   */
  int afterPrefixed(int start, int quote) {
    char last = (char) (text.charAt(quote - 1) | 0x20);
    if (last == 'q' && alternativeQuotes && quote + 1 < length) {
      String closing = Characters.closingBracket(text.charAt(quote + 1)) + "'";
      int close = text.indexOf(closing, quote + 2);
      return close < 0 ? length : close + 2;
    }
    if (quote - start == 1 && (last == 'e' || last == 'b' || last == 'n' || last == 'x')) {
      return afterQuoted(quote, '\'', backslashEscapes || (last == 'e' && escapeStrings));
    }
    return -1;
  }

  /** {@code $tag$…$tag$}: its end, or -1 if none begins here. */
  int afterDollarQuoted(int start) {
    int at = endOfDollarWord(start);
    boolean tag = dollarQuotes
        && at < length
        && text.charAt(at) == '$'
        && (at == start + 1 || !Character.isDigit(text.charAt(start + 1)));
    if (!tag) {
      return -1;
    }
    String delimiter = text.substring(start, at + 1);
    int close = text.indexOf(delimiter, at + 1);
    return close < 0 ? length : close + delimiter.length();
  }

  /** Where the word behind a dollar sign ends; a parameter such as {@code $1} is one. */
  int endOfDollarWord(int start) {
    int at = start + 1;
    while (dollarQuotes
        && at < length
        && text.charAt(at) != '$'
        && Characters.continuesWord(text.charAt(at))) {
      at++;
    }
    return at;
  }
}
