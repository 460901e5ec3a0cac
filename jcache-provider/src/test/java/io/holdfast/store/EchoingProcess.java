package io.holdfast.store;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.nio.file.Path;

/** Stores each line it reads under one key, and prints it back once the write is acknowledged. */
final class EchoingProcess {

  private EchoingProcess() {}

  /** Arguments: the directory of the file. Ends with its input. */
  public static void main(String[] arguments) throws IOException {
    PrintStream out =
        new PrintStream(new java.io.FileOutputStream(java.io.FileDescriptor.out), false);
    Path directory = Path.of(arguments[0]);
    try (var store = new StoreFixture(directory);
        var lines = new BufferedReader(new InputStreamReader(System.in, UTF_8))) {
      for (String line = lines.readLine(); line != null; line = lines.readLine()) {
        store.store("shared", line);
        out.print(line + "\n");
        out.flush();
      }
    }
  }
}
