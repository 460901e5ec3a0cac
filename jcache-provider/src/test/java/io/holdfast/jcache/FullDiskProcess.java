package io.holdfast.jcache;

import java.nio.file.Path;
import javax.cache.Cache;
import javax.cache.CacheException;

/**
 * Overwrites its keys, round after round, until a write fails because there is no room; then reads all of
 * them. Prints {@code acknowledged KEY ROUND}, {@code refused KEY}, {@code read KEY ROUND}, {@code
 * unreadable KEY} for a key whose last write may or may not be in the file.
 */
final class FullDiskProcess {
  static final int KEYS = 50;
  private static final int MOST_ROUNDS = 10_000;

  private FullDiskProcess() {}

  /** Argument: the directory of the file. */
  public static void main(String[] arguments) {
    var fixture = new ManagerFixture(Path.of(arguments[0]));
    Cache<String, String> cache = fixture.words();
    int refused = 0;
    for (int round = 1; round <= MOST_ROUNDS && refused == 0; round++) {
      for (int k = 0; k < KEYS && refused < 3; k++) {
        try {
          cache.put("key " + k, value(k, round));
          System.out.println("acknowledged " + k + " " + round);
        } catch (CacheException e) {
          refused++;
          System.out.println("refused " + k);
        }
      }
    }
    for (int k = 0; k < KEYS; k++) {
      System.out.println(read(cache, k));
    }
    // As if killed: closing would need room.
    Runtime.getRuntime().halt(0);
  }

  private static String read(Cache<String, String> cache, int k) {
    try {
      String found = cache.get("key " + k);
      return "read " + k + " "
          + (found == null ? "nothing" : found.substring(0, found.indexOf(':')));
    } catch (CacheException e) {
      return "unreadable " + k;
    }
  }

  static String value(int k, int round) {
    return round + ":" + ("value of key " + k + " ").repeat(200);
  }
}
