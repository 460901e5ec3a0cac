package io.holdfast.response;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.Writer;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** A JVM beside this one on the same cache file, told and heard line by line. */
final class OtherProcess implements AutoCloseable {
  private final Process process;
  private final BufferedReader fromThere;
  private final Writer toThere;

  private OtherProcess(Process process) {
    this.process = process;
    this.fromThere = new BufferedReader(new InputStreamReader(process.getInputStream(), UTF_8));
    this.toThere = process.outputWriter(UTF_8);
  }

  /** Runs a program whose only argument is the file. */
  static OtherProcess start(Class<?> program, Path file) throws IOException {
    return new OtherProcess(new ProcessBuilder(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "-Xmx128m",
            "-XX:TieredStopAtLevel=1",
            "-XX:+IgnoreUnrecognizedVMOptions",
            "--enable-native-access=ALL-UNNAMED",
            "-cp",
            System.getProperty("java.class.path"),
            program.getName(),
            file.toString())
        .redirectError(ProcessBuilder.Redirect.DISCARD)
        .start());
  }

  void tell(String line) throws IOException {
    toThere.write(line + "\n");
    toThere.flush();
  }

  /** Waits for its next line; null if it has ended. */
  @Nullable
  String hear() throws IOException {
    return fromThere.readLine();
  }

  boolean endsWithin(Duration time) throws InterruptedException {
    return process.waitFor(time.toMillis(), TimeUnit.MILLISECONDS);
  }

  void kill() throws InterruptedException {
    process.destroyForcibly().waitFor();
  }

  @Override
  public void close() {
    process.destroyForcibly();
  }
}
