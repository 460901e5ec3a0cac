package io.holdfast.soak;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** A {@link SoakProcess}, as its parent sees it. */
final class ChildProcess {
  private final int number;
  private final Process process;
  private final Thread reader;
  private final Tallies tallies;
  private final CountDownLatch ready = new CountDownLatch(1);
  private volatile boolean isClosed;

  private ChildProcess(int number, Process process, Tallies tallies) {
    this.number = number;
    this.process = process;
    this.tallies = tallies;
    this.reader = new Thread(this::read, "soak-child-" + number);
    reader.start();
  }

  static ChildProcess start(int number, Path directory, int port, long seed, Tallies tallies)
      throws IOException {
    List<String> command = CommandLine.java(SoakProcess.class.getName());
    command.addAll(List.of(
        directory.toString(),
        String.valueOf(number),
        number == 0 ? "strict" : "poll",
        String.valueOf(port),
        String.valueOf(seed)));
    Path log = directory.resolve("process-" + number + ".log");
    return new ChildProcess(
        number,
        new ProcessBuilder(command)
            .redirectError(ProcessBuilder.Redirect.appendTo(log.toFile()))
            .start(),
        tallies);
  }

  private void read() {
    try (var lines = new BufferedReader(new InputStreamReader(process.getInputStream(), UTF_8))) {
      for (String line = lines.readLine(); line != null; line = lines.readLine()) {
        accept(line);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private void accept(String line) {
    String[] words = line.split(" ", 2);
    switch (words[0]) {
      case "ready" -> ready.countDown();
      case "closed" -> isClosed = true;
      case "finding" -> tallies.report(words[1]);
      case "latency" -> {
        String[] parts = words[1].split(" ", -1);
        // What a killed process was saying may have no end.
        if (parts.length == 3) {
          tallies.add(Operation.valueOf(parts[0]), Latencies.decode(parts[1]));
        }
      }
      default -> {
        // The last word of a killed process.
      }
    }
  }

  /** Waits until it has come to work, but not longer than this; whether it has. */
  boolean awaitReady(long millis) throws InterruptedException {
    return ready.await(millis, TimeUnit.MILLISECONDS);
  }

  boolean isReady() {
    return ready.getCount() == 0;
  }

  boolean isAlive() {
    return process.isAlive();
  }

  /** SIGKILL. */
  void kill() throws InterruptedException {
    // By its handle, which leaves our end of the pipe open: what it still said is read.
    process.toHandle().destroyForcibly();
    process.waitFor();
    reader.join();
  }

  /** Asks it to end, and waits until it has closed everything. */
  void stop() throws IOException, InterruptedException {
    process.getOutputStream().close();
    boolean hasEnded = process.waitFor(120, TimeUnit.SECONDS);
    if (!hasEnded) {
      tallies.report("process " + number + " does not end");
      process.toHandle().destroyForcibly();
    }
    reader.join();
    if (hasEnded && (process.waitFor() != 0 || !isClosed)) {
      tallies.report("process " + number + " ended with " + process.exitValue());
    }
  }
}
