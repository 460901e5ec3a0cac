package io.holdfast.jdbc.ddl;

import java.util.Locale;
import java.util.concurrent.atomic.AtomicReferenceArray;
import org.jspecify.annotations.Nullable;

/**
 * Words in upper case, each made once as far as the memory reaches: a table of fixed size, where a
 * word has one place by its length and three of its letters. Nobody waits; a word that another has
 * displaced is made again.
 */
final class WordMemory {

  /** No keyword of any dialect is longer. */
  static final int LONGEST_WORD = 32;

  private static final int PLACES = 2048;

  private final AtomicReferenceArray<@Nullable String> places = new AtomicReferenceArray<>(PLACES);

  /** The part of the text, at most {@link #LONGEST_WORD} characters and not empty, in upper case. */
  String upperCase(String text, int start, int end) {
    int length = end - start;
    int hash = length
        + 31 * (text.charAt(start) & 0x1f)
        + 577 * (text.charAt(end - 1) & 0x1f)
        + 7919 * (text.charAt(start + (length >> 1)) & 0x1f);
    int place = (hash ^ (hash >>> 7)) & (PLACES - 1);
    String known = places.getPlain(place);
    if (known != null && known.length() == length && isSame(known, text, start)) {
      return known;
    }
    String word = text.substring(start, end).toUpperCase(Locale.ROOT);
    if (word.length() == length) {
      places.setRelease(place, word);
    }
    return word;
  }

  /** Only ASCII is compared: what is beyond has rules of its own, and is no part of a keyword. */
  private static boolean isSame(String word, String text, int start) {
    for (int i = 0; i < word.length(); i++) {
      char c = text.charAt(start + i);
      char upper = c >= 'a' && c <= 'z' ? (char) (c - 32) : c;
      if (upper != word.charAt(i)) {
        return false;
      }
    }
    return true;
  }
}
