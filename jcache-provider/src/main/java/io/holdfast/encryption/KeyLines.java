package io.holdfast.encryption;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.nio.file.Path;
import java.util.Arrays;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Reads the lines of a key file. */
final class KeyLines {
  private KeyLines() {}

  /**
   * The keys, the last one current.
   *
   * @param bytes overwritten with zeros afterwards
   * @throws EncryptionException if there is no key, two have the same id, or a line is no key; names the
   *     file and the number of the line, nothing in it
   */
  static ValueKeys parse(byte[] bytes, Path file) {
    Map<String, ValueKey> keys = new LinkedHashMap<>();
    ValueKey last = null;
    try {
      int number = 0;
      int start = 0;
      while (start <= bytes.length) {
        int end = endOfLine(bytes, start);
        number++;
        ValueKey key = parseLine(bytes, start, end, file, number);
        if (key != null && keys.put(key.id(), key) != null) {
          throw broken(file, number, "has the id of a line above");
        }
        last = key == null ? last : key;
        start = end + 1;
      }
    } finally {
      Arrays.fill(bytes, (byte) 0);
    }
    if (last == null) {
      throw new EncryptionException("The key file " + file + " has no key");
    }
    return new FixedKeys(last, Map.copyOf(keys));
  }

  private static int endOfLine(byte[] bytes, int start) {
    int end = start;
    while (end < bytes.length && bytes[end] != '\n') {
      end++;
    }
    return end;
  }

  // The key never becomes a String, which nobody could overwrite.
  private static @Nullable ValueKey parseLine(
      byte[] bytes, int from, int to, Path file, int number) {
    int start = from;
    int end = to;
    while (start < end && bytes[start] <= ' ') {
      start++;
    }
    while (end > start && bytes[end - 1] <= ' ') {
      end--;
    }
    if (start == end || bytes[start] == '#') {
      return null;
    }
    int colon = start;
    while (colon < end && bytes[colon] != ':') {
      colon++;
    }
    if (colon == end) {
      throw broken(file, number, "is not of the form id:key");
    }
    return key(bytes, start, colon, end, file, number);
  }

  private static ValueKey key(byte[] bytes, int start, int colon, int end, Path file, int number) {
    byte[] base64 = Arrays.copyOfRange(bytes, colon + 1, end);
    byte[] keyBytes = new byte[0];
    try {
      keyBytes = Base64.getDecoder().decode(base64);
      return ValueKey.of(new String(bytes, start, colon - start, ISO_8859_1), keyBytes);
    } catch (IllegalArgumentException e) {
      // Without the cause: its message may hold a character of the key.
      throw broken(
          file,
          number,
          "needs an id of 1 to " + ValueKey.MAX_ID_CHARS
              + " letters, digits, dots, dashes and underscores, and a key of 32 bytes in Base64");
    } finally {
      Arrays.fill(base64, (byte) 0);
      Arrays.fill(keyBytes, (byte) 0);
    }
  }

  private static EncryptionException broken(Path file, int number, String what) {
    return new EncryptionException("Line " + number + " of the key file " + file + " " + what);
  }
}
