package io.holdfast.store;

import java.io.IOException;
import java.nio.file.Path;

/** Opens a file, prints {@code open} or why not; then reads the same keys whenever a line comes in. */
final class OpeningProcess {

  private OpeningProcess() {}

  /** Argument: the directory of the file. */
  public static void main(String[] arguments) throws IOException {
    try (var store = new StoreFixture(Path.of(arguments[0]))) {
      System.out.println("open");
      while (System.in.read() >= 0) {
        for (int i = 0; i < 60; i++) {
          store.value("key " + i);
        }
        System.out.println("read");
      }
    } catch (StoreException e) {
      System.out.println(e.getMessage());
    }
  }
}
