package io.holdfast.jdbc.ddl;

/**
 * Looks for a word without regard to the case of its letters, in a fraction of the text's characters:
 * where the word has an underscore, around the underscores of the text; else at every n-th pair of
 * characters, n being one less than the length of the word: if the word is there, one of its own
 * pairs stands at such a place.
 */
final class WordSearch {

  private final char[] word;
  private final int underscore;

  /** For each character the places that it has in the word: a bit each. */
  private final int[] places = new int[128];

  /**
   * @param word in ASCII, letters in upper case, at most 31
   */
  WordSearch(String word) {
    this.word = word.toCharArray();
    this.underscore = word.indexOf('_');
    for (int i = 0; i < word.length(); i++) {
      places[word.charAt(i)] |= 1 << i;
      places[Character.toLowerCase(word.charAt(i))] |= 1 << i;
    }
  }

  boolean isIn(String text, int from) {
    return underscore >= 0 ? isAroundUnderscore(text, from) : isAroundLetters(text, from);
  }

  private boolean isAroundUnderscore(String text, int from) {
    // The JVM looks at many characters at a time for one that is given.
    int at = text.indexOf('_', from);
    while (at >= 0) {
      if (isAt(text, at - underscore, from)) {
        return true;
      }
      at = text.indexOf('_', at + 1);
    }
    return false;
  }

  private boolean isAroundLetters(String text, int from) {
    int[] known = places;
    int stride = word.length - 1;
    int last = text.length() - 1;
    for (int at = from + stride - 1; at < last; at += stride) {
      char c = text.charAt(at);
      if (c < 128 && known[c] != 0) {
        char next = text.charAt(at + 1);
        int possible = next < 128 ? known[c] & (known[next] >>> 1) : 0;
        if (possible != 0 && isAtOneOf(possible, text, at, from)) {
          return true;
        }
      }
    }
    return false;
  }

  private boolean isAtOneOf(int possible, String text, int at, int from) {
    for (int rest = possible; rest != 0; rest &= rest - 1) {
      if (isAt(text, at - Integer.numberOfTrailingZeros(rest), from)) {
        return true;
      }
    }
    return false;
  }

  private boolean isAt(String text, int start, int from) {
    if (start < from || start + word.length > text.length()) {
      return false;
    }
    for (int i = 0; i < word.length; i++) {
      char c = text.charAt(start + i);
      if (c != word[i] && (c < 'a' || c > 'z' || c - 32 != word[i])) {
        return false;
      }
    }
    return true;
  }
}
