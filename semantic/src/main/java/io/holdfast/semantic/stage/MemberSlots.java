package io.holdfast.semantic.stage;

import java.nio.ByteBuffer;
import java.nio.LongBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;

/**
 * Members, each a hash of 256 bits, by small numbers. The hashes are outside the heap, 32 bytes each; on it is a table to find them
 * by, 5 to 11 bytes each. Safe from any thread.
 */
final class MemberSlots {
  private static final int WORDS = 4;
  private static final int HEX_DIGITS = 16;
  private static final int BLOCK = 1024;
  private static final int FREE = -1;

  private final List<LongBuffer> blocks = new ArrayList<>();
  private int used;
  // Slots that were freed, the latest last.
  private int[] freed = new int[8];
  private int freedCount;
  // Open addressing: the place is the hash's own first bits, for hashes are as good as random.
  private int[] table = emptyTable(16);

  /** What became of adding. */
  record Slot(int number, boolean isNew) {}

  private static int[] emptyTable(int size) {
    int[] table = new int[size];
    Arrays.fill(table, FREE);
    return table;
  }

  /**
   * Returns the number of a member, a new one if it has none.
   *
   * @throws IllegalArgumentException if it is not 64 hexadecimal digits
   */
  synchronized Slot add(String member) {
    long[] hash = hash(member);
    int place = place(hash);
    if (table[place] != FREE) {
      return new Slot(table[place], false);
    }
    int slot = freedCount > 0 ? freed[--freedCount] : used++;
    if (slot / BLOCK == blocks.size()) {
      blocks.add(ByteBuffer.allocateDirect(BLOCK * WORDS * Long.BYTES).asLongBuffer());
    }
    blocks.get(slot / BLOCK).put(slot % BLOCK * WORDS, hash);
    table[place] = slot;
    if (size() * 4 > table.length * 3) {
      grow();
    }
    return new Slot(slot, true);
  }

  /** Returns the number of a member; less than 0 if it has none. */
  synchronized int find(String member) {
    return table[place(hash(member))];
  }

  synchronized String member(int slot) {
    HexFormat hex = HexFormat.of();
    var digits = new StringBuilder(WORDS * HEX_DIGITS);
    for (int word = 0; word < WORDS; word++) {
      digits.append(hex.toHexDigits(word(slot, word)));
    }
    return digits.toString();
  }

  /** Removes the member of this number, which the next new one gets. */
  synchronized void remove(int slot) {
    int place = placeOf(slot);
    if (table[place] != slot) {
      return;
    }
    table[place] = FREE;
    if (freedCount == freed.length) {
      freed = Arrays.copyOf(freed, freed.length * 2);
    }
    freed[freedCount++] = slot;
    // What stood behind it only because this place was taken moves up.
    for (int next = next(place); table[next] != FREE; next = next(next)) {
      int moved = table[next];
      table[next] = FREE;
      table[placeOf(moved)] = moved;
    }
  }

  synchronized int size() {
    return used - freedCount;
  }

  private void grow() {
    int[] old = table;
    table = emptyTable(old.length * 2);
    for (int slot : old) {
      if (slot != FREE) {
        table[placeOf(slot)] = slot;
      }
    }
  }

  private int placeOf(int slot) {
    return place(new long[] {word(slot, 0), word(slot, 1), word(slot, 2), word(slot, 3)});
  }

  /** Where this hash is in the table, or would be. */
  private int place(long[] hash) {
    int place = (int) hash[0] & (table.length - 1);
    while (table[place] != FREE && !isAt(table[place], hash)) {
      place = next(place);
    }
    return place;
  }

  private int next(int place) {
    return (place + 1) & (table.length - 1);
  }

  private boolean isAt(int slot, long[] hash) {
    for (int word = 0; word < WORDS; word++) {
      if (word(slot, word) != hash[word]) {
        return false;
      }
    }
    return true;
  }

  private long word(int slot, int word) {
    return blocks.get(slot / BLOCK).get(slot % BLOCK * WORDS + word);
  }

  private static long[] hash(String member) {
    if (member.length() != WORDS * HEX_DIGITS) {
      throw new IllegalArgumentException("a member is 64 hexadecimal digits");
    }
    long[] hash = new long[WORDS];
    for (int word = 0; word < WORDS; word++) {
      hash[word] =
          HexFormat.fromHexDigitsToLong(member, word * HEX_DIGITS, (word + 1) * HEX_DIGITS);
    }
    return hash;
  }
}
