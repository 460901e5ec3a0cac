package io.holdfast.jdbc.ddl;

import java.util.concurrent.atomic.AtomicReferenceArray;
import org.jspecify.annotations.Nullable;

/**
 * The verdicts of texts seen before, within bounds: a table of fixed size in which a text has one of
 * four places by its hash. Readers and writers never wait; a verdict that two threads store at once,
 * or that another text has displaced, is judged again.
 */
final class VerdictMemory {

  /** Longer texts are judged each time: they are loads and scripts, which hardly come twice. */
  static final int LONGEST_TEXT = 4096;

  private static final int PLACES_PER_TEXT = 4;

  private final AtomicReferenceArray<@Nullable Entry> places;
  private final int mask;

  /**
   * @param size a power of two, at least four
   */
  VerdictMemory(int size) {
    if (Integer.bitCount(size) != 1 || size < PLACES_PER_TEXT) {
      throw new IllegalArgumentException("size must be a power of two, at least 4: " + size);
    }
    this.places = new AtomicReferenceArray<>(size);
    this.mask = size - 1;
  }

  @Nullable
  DdlVerdict find(String text) {
    int home = home(text);
    for (int i = 0; i < PLACES_PER_TEXT; i++) {
      Entry entry = places.getPlain(home + i);
      if (entry != null && entry.text().equals(text)) {
        return entry.verdict();
      }
    }
    return null;
  }

  void remember(String text, DdlVerdict verdict) {
    if (text.length() > LONGEST_TEXT) {
      return;
    }
    int home = home(text);
    int place = home + ((text.hashCode() >>> 8) & (PLACES_PER_TEXT - 1));
    for (int i = 0; i < PLACES_PER_TEXT; i++) {
      if (places.getPlain(home + i) == null) {
        place = home + i;
        break;
      }
    }
    places.setRelease(place, new Entry(text, verdict));
  }

  int count() {
    int count = 0;
    for (int i = 0; i <= mask; i++) {
      if (places.get(i) != null) {
        count++;
      }
    }
    return count;
  }

  private int home(String text) {
    int hash = text.hashCode();
    return (hash ^ (hash >>> 16)) & mask & -PLACES_PER_TEXT;
  }

  private record Entry(String text, DdlVerdict verdict) {}
}
