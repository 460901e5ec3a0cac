package io.holdfast.store;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.file.Path;

/** A second process with the file open: does what it reads, {@code get KEY}, {@code put KEY VALUE} or {@code compact}, and answers. */
final class AnsweringProcess {

  private AnsweringProcess() {}

  /** Argument: the directory of the file. */
  public static void main(String[] arguments) throws IOException {
    try (var store = new StoreFixture(Path.of(arguments[0]));
        var in = new BufferedReader(new InputStreamReader(System.in, UTF_8))) {
      System.out.println("open");
      for (String line = in.readLine(); line != null; line = in.readLine()) {
        String[] words = line.split(" ", 3);
        System.out.println(answer(store, words));
      }
    }
  }

  private static String answer(StoreFixture store, String[] words) {
    return switch (words[0]) {
      case "get" -> get(store, words[1]);
      case "put" -> put(store, words);
      case "compact" -> compact(store);
      default -> throw new IllegalArgumentException(words[0]);
    };
  }

  private static String compact(StoreFixture store) {
    store.file().compact();
    return "compacted";
  }

  private static String get(StoreFixture store, String key) {
    try {
      return String.valueOf(store.value(key.replace('_', ' ')));
    } catch (StoreException e) {
      return "failed: " + e.getMessage();
    }
  }

  private static String put(StoreFixture store, String[] words) {
    try {
      store.store(words[1].replace('_', ' '), words[2]);
      return "stored";
    } catch (StoreException e) {
      return "failed: " + e.getMessage();
    }
  }
}
