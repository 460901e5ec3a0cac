package io.holdfast.jdbc.ddl;

/** What a character may be part of, alike in all dialects. */
final class Characters {

  private static final byte WORD_START = 1;
  private static final byte WORD_PART = 2;
  private static final byte BLANK = 4;
  private static final byte NUMBER_PART = 8;
  private static final byte SPECIAL = 16;

  private static final byte[] CLASSES = new byte[128];

  static {
    for (char c = 0; c < CLASSES.length; c++) {
      boolean letter = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_';
      boolean digit = c >= '0' && c <= '9';
      int classes = 0;
      if (letter) {
        classes |= WORD_START | WORD_PART | NUMBER_PART;
      }
      if (digit) {
        classes |= WORD_PART | NUMBER_PART;
      }
      if (c == '$') {
        classes |= WORD_PART;
      }
      if (c == '.') {
        classes |= NUMBER_PART;
      }
      if (c <= ' ') {
        classes |= BLANK;
      }
      if ("'\"`[$-/#*;@()".indexOf(c) >= 0) {
        classes |= SPECIAL;
      }
      CLASSES[c] = (byte) classes;
    }
  }

  private Characters() {}

  static boolean startsWord(char c) {
    return c < 128 ? (CLASSES[c] & WORD_START) != 0 : !isBlank(c);
  }

  static boolean continuesWord(char c) {
    return c < 128 ? (CLASSES[c] & WORD_PART) != 0 : !isBlank(c);
  }

  static boolean continuesNumber(char c) {
    return c < 128 && (CLASSES[c] & NUMBER_PART) != 0;
  }

  /** Whether more than the character itself is needed to know what begins here. */
  static boolean mayBeginQuoteOrComment(char c) {
    return c < 128 && (CLASSES[c] & SPECIAL) != 0;
  }

  /** Space of every kind, control characters, and the byte order mark that editors leave behind. */
  static boolean isBlank(char c) {
    return c < 128
        ? (CLASSES[c] & BLANK) != 0
        : c == '\u00a0' || c == '\ufeff' || Character.isWhitespace(c) || Character.isSpaceChar(c);
  }

  /** The first letters of these words in upper case, a bit each; for {@link #isOneOf}. */
  static int letters(String... words) {
    int letters = 0;
    for (String word : words) {
      letters |= 1 << (word.charAt(0) & 0x1f);
    }
    return letters;
  }

  /** Whether this begins one of the words; may say so of a character that is no letter. */
  static boolean isOneOf(int letters, char first) {
    return (letters >>> (first & 0x1f) & 1) != 0;
  }

  static char closingBracket(char opening) {
    return switch (opening) {
      case '[' -> ']';
      case '(' -> ')';
      case '{' -> '}';
      case '<' -> '>';
      default -> opening;
    };
  }
}
