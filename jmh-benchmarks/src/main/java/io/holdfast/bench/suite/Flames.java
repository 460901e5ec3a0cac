package io.holdfast.bench.suite;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import org.openjdk.jmh.profile.JavaFlightRecorderProfiler;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.options.ChainedOptionsBuilder;
import org.openjdk.jmh.runner.options.OptionsBuilder;
import org.openjdk.jmh.runner.options.TimeValue;

/** Where the time of each hot path goes, as JDK Flight Recorder sees it. */
final class Flames {
  private static final int SECONDS = 15;

  private Flames() {}

  /** Takes the path for some seconds. */
  static Stacks of(HotPath path) throws IOException, RunnerException {
    Path directory = Files.createTempDirectory("holdfast-flames");
    try {
      new Runner(options(path, directory)
              .forks(1)
              .warmupIterations(5)
              .warmupTime(TimeValue.seconds(1))
              .measurementIterations(SECONDS)
              .measurementTime(TimeValue.seconds(1))
              .build())
          .run();
      return Stacks.read(recording(directory));
    } finally {
      delete(directory);
    }
  }

  private static ChainedOptionsBuilder options(HotPath path, Path directory) {
    ChainedOptionsBuilder options = new OptionsBuilder()
        .include("io\\.holdfast\\.bench\\." + path.benchmark().replace(".", "\\.") + "$")
        .threads(1)
        .shouldFailOnError(true)
        // The settings named "default" look into Java and into native code equally often.
        .addProfiler(JavaFlightRecorderProfiler.class, "configName=default;dir=" + directory)
        // Else samples gather where the compiler put a safepoint, and deep stacks lose their
        // beginning.
        .jvmArgsAppend(
            "-XX:+UnlockDiagnosticVMOptions",
            "-XX:+DebugNonSafepoints",
            "-XX:FlightRecorderOptions=stackdepth=256");
    path.parameters().forEach((name, values) -> options.param(name, values.toArray(String[]::new)));
    return options;
  }

  private static Path recording(Path directory) throws IOException {
    try (Stream<Path> files = Files.walk(directory)) {
      return files
          .filter(file -> file.toString().endsWith(".jfr"))
          .findFirst()
          .orElseThrow(() -> new IOException("JDK Flight Recorder wrote nothing"));
    }
  }

  private static void delete(Path directory) throws IOException {
    try (Stream<Path> files = Files.walk(directory)) {
      for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(file);
      }
    }
  }

  /** A path and what was seen on it. */
  record Seen(HotPath path, Stacks stacks) {}

  /** A table of whose code it was, and the pictures. */
  static String markdown(String origin, List<Seen> all) {
    var page = new StringBuilder("# Where the time goes\n\n").append(origin).append("\n\n| |");
    for (Owner owner : Owner.values()) {
      page.append(' ').append(owner.title()).append(" |");
    }
    page.append(" of all, in the background |\n| --- |")
        .append(" ---: |".repeat(Owner.values().length + 1))
        .append('\n');
    for (Seen seen : all) {
      page.append("| ").append(seen.path().title()).append(" |");
      for (Owner owner : Owner.values()) {
        page.append(percent(seen.stacks().share(owner)));
      }
      page.append(percent(seen.stacks().backgroundShare())).append('\n');
    }
    for (Seen seen : all) {
      String file = seen.path().fileName();
      page.append(String.format(
          "%n## %1$s%n%nStacks: [%2$s.folded](%2$s.folded)%n%n![%1$s](%2$s.svg)%n",
          seen.path().title(), file));
    }
    return page.toString();
  }

  private static String percent(double share) {
    return String.format(Locale.ROOT, " %.0f %% |", 100 * share);
  }
}
