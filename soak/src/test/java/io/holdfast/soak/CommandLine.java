package io.holdfast.soak;

import io.holdfast.docs.Main;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Somebody with our own command, in a process of its own. */
final class CommandLine {
  private final Path directory;
  private final Findings findings;

  CommandLine(Path directory, Findings findings) {
    this.directory = directory;
    this.findings = findings;
  }

  /** A command that runs this class in a small JVM. */
  static List<String> java(String mainClass) {
    return new ArrayList<>(List.of(
        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
        "-Xmx256m",
        "-XX:TieredStopAtLevel=1",
        "-XX:+IgnoreUnrecognizedVMOptions",
        "--enable-native-access=ALL-UNNAMED",
        "-cp",
        System.getProperty("java.class.path"),
        mainClass));
  }

  /** {@code holdfast cache FILE backup TARGET}. */
  void backup(Path file, Path target) throws Exception {
    run("cache", file.toString(), "backup", target.toString());
  }

  /** {@code holdfast cache FILE check}; what it finds is in the log. */
  void check(Path file) throws Exception {
    run("cache", file.toString(), "check");
  }

  private void run(String... arguments) throws Exception {
    List<String> command = java(Main.class.getName());
    command.addAll(List.of(arguments));
    Path log = directory.resolve("commands.log");
    Process process = new ProcessBuilder(command)
        .redirectErrorStream(true)
        .redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile()))
        .start();
    int exitCode = process.waitFor();
    if (exitCode != 0) {
      findings.report(String.join(" ", arguments) + " ended with " + exitCode);
    }
  }
}
