package io.holdfast.semantic.minilm;

import java.text.Normalizer;
import java.util.Arrays;

/**
 * Walks over the words of a text as BERT's lower-casing normaliser sees them, and knows where each letter came from.
 *
 * <p>Control characters go, accents go, letters become small, each punctuation sign and each Chinese character is a word of
 * its own. The words are not gathered first: the reader may stop anywhere.
 */
final class NormalizedWords {
  private final String text;
  private int position;
  private final StringBuilder letters = new StringBuilder();
  private int[] starts = new int[32];
  private int[] ends = new int[32];

  NormalizedWords(String text) {
    this.text = text;
  }

  /** Moves to the next word; returns false after the last one. */
  boolean next() {
    letters.setLength(0);
    while (position < text.length()) {
      int c = text.codePointAt(position);
      int end = position + Character.charCount(c);
      if (isSpace(c)) {
        position = end;
        if (letters.length() > 0) {
          return true;
        }
      } else if (isDropped(c)) {
        position = end;
      } else if (standsAlone(c)) {
        if (letters.length() == 0) {
          append(c, position, end);
          position = end;
        }
        return true;
      } else {
        append(c, position, end);
        position = end;
      }
    }
    return letters.length() > 0;
  }

  /** The normalised word; not empty after {@link #next} said true. */
  String letters() {
    return letters.toString();
  }

  int startOf(int letter) {
    return starts[letter];
  }

  int endOf(int letter) {
    return ends[letter];
  }

  private void append(int c, int start, int end) {
    if (c < 0x80) {
      appendLetter(Character.toLowerCase(c), start, end);
      return;
    }
    Normalizer.normalize(Character.toString(c), Normalizer.Form.NFD)
        .codePoints()
        .filter(part -> Character.getType(part) != Character.NON_SPACING_MARK)
        .forEach(part -> appendLetter(Character.toLowerCase(part), start, end));
  }

  private void appendLetter(int c, int start, int end) {
    int from = letters.length();
    letters.appendCodePoint(c);
    if (letters.length() > starts.length) {
      starts = Arrays.copyOf(starts, starts.length * 2);
      ends = Arrays.copyOf(ends, ends.length * 2);
    }
    for (int i = from; i < letters.length(); i++) {
      starts[i] = start;
      ends[i] = end;
    }
  }

  private static boolean isSpace(int c) {
    return c == '\t' || c == '\n' || c == '\r' || Character.isSpaceChar(c);
  }

  private static boolean isDropped(int c) {
    return switch (Character.getType(c)) {
      case Character.CONTROL, Character.FORMAT, Character.PRIVATE_USE, Character.SURROGATE -> true;
      default -> c == 0xfffd;
    };
  }

  private static boolean standsAlone(int c) {
    return isPunctuation(c) || isChinese(c);
  }

  private static boolean isPunctuation(int c) {
    if (c < 0x80) {
      return c > 0x20 && c < 0x7f && !Character.isLetterOrDigit(c);
    }
    return switch (Character.getType(c)) {
      case Character.CONNECTOR_PUNCTUATION,
          Character.DASH_PUNCTUATION,
          Character.START_PUNCTUATION,
          Character.END_PUNCTUATION,
          Character.INITIAL_QUOTE_PUNCTUATION,
          Character.FINAL_QUOTE_PUNCTUATION,
          Character.OTHER_PUNCTUATION -> true;
      default -> false;
    };
  }

  /** The blocks that BERT sets apart; Japanese syllables and Hangul are not among them. */
  private static boolean isChinese(int c) {
    return (c >= 0x4e00 && c <= 0x9fff)
        || (c >= 0x3400 && c <= 0x4dbf)
        || (c >= 0x20000 && c <= 0x2a6df)
        || (c >= 0x2a700 && c <= 0x2b73f)
        || (c >= 0x2b740 && c <= 0x2b81f)
        || (c >= 0x2b920 && c <= 0x2ceaf)
        || (c >= 0xf900 && c <= 0xfaff)
        || (c >= 0x2f800 && c <= 0x2fa1f);
  }
}
