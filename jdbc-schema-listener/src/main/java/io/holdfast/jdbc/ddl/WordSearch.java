package io.holdfast.jdbc.ddl;

import java.util.Arrays;

/**
 * Looks for a word without regard to the case of its letters. Horspool's algorithm: it looks at every
 * character of a text only where the text resembles the word.
 *
 * @see <a href="https://doi.org/10.1002/spe.4380100608">Horspool, Practical fast searching in
 *     strings, 1980</a>
 */
final class WordSearch {

  private final String word;
  private final int[] shifts = new int[128];

  /**
   * @param word in ASCII, letters in upper case
   */
  WordSearch(String word) {
    this.word = word;
    Arrays.fill(shifts, word.length());
    for (int i = 0; i < word.length() - 1; i++) {
      char c = word.charAt(i);
      shifts[c] = word.length() - 1 - i;
      shifts[Character.toLowerCase(c)] = word.length() - 1 - i;
    }
  }

  boolean isIn(String text, int from) {
    int last = word.length() - 1;
    char lastLetter = word.charAt(last);
    for (int at = from + last; at < text.length(); ) {
      char c = text.charAt(at);
      if (upper(c) == lastLetter && isAt(text, at - last)) {
        return true;
      }
      at += c < 128 ? shifts[c] : word.length();
    }
    return false;
  }

  private boolean isAt(String text, int from) {
    for (int i = 0; i < word.length(); i++) {
      if (upper(text.charAt(from + i)) != word.charAt(i)) {
        return false;
      }
    }
    return true;
  }

  private static char upper(char c) {
    return c >= 'a' && c <= 'z' ? (char) (c - 32) : c;
  }
}
