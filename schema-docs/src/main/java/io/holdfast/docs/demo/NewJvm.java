package io.holdfast.docs.demo;

import io.holdfast.docs.Main;
import io.holdfast.docs.run.ReportFile;
import io.holdfast.docs.run.RunException;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** The command {@code docs} in a JVM of its own, with the class path and the options of this one. */
final class NewJvm {
  private static final long MAX_SECONDS = 300;

  private NewJvm() {}

  /**
   * Runs the command and waits for its end.
   *
   * @param directory for its report and its output
   * @throws RunException if it fails; says what it said
   */
  static ReportFile document(
      DemoDatabase database, String title, Path pages, Path cache, Path directory)
      throws RunException, IOException, InterruptedException {
    Path report = directory.resolve("report.json");
    Path output = directory.resolve("output.txt");
    var command = new ArrayList<String>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(ManagementFactory.getRuntimeMXBean().getInputArguments().stream()
        .filter(argument -> argument.startsWith("-X") || argument.startsWith("--"))
        .toList());
    command.addAll(List.of("-cp", System.getProperty("java.class.path"), Main.class.getName()));
    command.addAll(List.of("docs", "--url", database.url(), "--title", title));
    command.addAll(List.of("--out", pages.toString(), "--cache", cache.toString()));
    command.addAll(List.of("--report", report.toString()));
    if (!database.user().isEmpty()) {
      command.addAll(List.of("--user", database.user()));
    }
    var builder =
        new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(output.toFile());
    // The user's password is not the sample database's.
    builder.environment().remove("HOLDFAST_PASSWORD");
    Process process = builder.start();
    try {
      // Otherwise it might ask the terminal something.
      process.getOutputStream().close();
      if (!process.waitFor(MAX_SECONDS, TimeUnit.SECONDS)) {
        throw new RunException("The new JVM did not end within " + MAX_SECONDS + " seconds.");
      }
    } finally {
      process.destroyForcibly();
    }
    if (process.exitValue() != 0) {
      throw new RunException("The new JVM failed: " + Files.readString(output).strip());
    }
    return ReportFile.read(report);
  }
}
