package io.holdfast.docs.cli;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import picocli.CommandLine;

/** {@code holdfast watch} in a thread of its own, past the point from which it misses nothing. */
final class Watching {

  private final CompletableFuture<Shell> end;

  private Watching(CompletableFuture<Shell> end) {
    this.end = end;
  }

  static Watching begin(String... arguments) throws Exception {
    var begun = new CompletableFuture<Void>();
    var out = new StringWriter();
    var err = new StringWriter() {
      @Override
      public void flush() {
        if (toString().contains("Watching ")) {
          begun.complete(null);
        }
      }
    };
    CommandLine line = HoldfastCommand.commandLine()
        .setOut(new PrintWriter(out, true))
        .setErr(new PrintWriter(err, true));
    CompletableFuture<Shell> end = CompletableFuture.supplyAsync(
        () -> new Shell(line.execute(arguments), out.toString(), err.toString()));
    CompletableFuture.anyOf(begun, end).get(90, TimeUnit.SECONDS);
    return new Watching(end);
  }

  Shell await() throws Exception {
    return end.get(90, TimeUnit.SECONDS);
  }
}
