package io.holdfast.frameworks;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;

/** Runs a program of the test class path in a JVM of its own. */
final class ChildJvm {
  private static final int MINUTES_TO_LIVE = 4;

  private ChildJvm() {}

  /**
   * What it prints up to the line at which it is killed, as {@code kill -9} does, or up to its own end.
   *
   * @param arguments of the program; those that open with {@code -D} are the JVM's
   */
  static List<String> runAndKill(Predicate<String> lastLine, Class<?> program, String... arguments)
      throws Exception {
    Process child = start(program, List.of(arguments));
    CompletableFuture.delayedExecutor(MINUTES_TO_LIVE, TimeUnit.MINUTES)
        .execute(child::destroyForcibly);
    List<String> printed = new ArrayList<>();
    try (var lines = new BufferedReader(new InputStreamReader(child.getInputStream(), UTF_8))) {
      for (String line = lines.readLine(); line != null; line = lines.readLine()) {
        printed.add(line);
        if (lastLine.test(line)) {
          child.destroyForcibly();
          break;
        }
      }
    }
    child.waitFor();
    return printed;
  }

  private static Process start(Class<?> program, List<String> arguments) throws IOException {
    List<String> command = new ArrayList<>(List.of(
        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
        "-Xmx256m",
        "-XX:TieredStopAtLevel=1",
        "-XX:+IgnoreUnrecognizedVMOptions",
        "--enable-native-access=ALL-UNNAMED"));
    command.addAll(arguments.stream().filter(ChildJvm::isProperty).toList());
    command.addAll(List.of("-cp", System.getProperty("java.class.path"), program.getName()));
    command.addAll(arguments.stream().filter(argument -> !isProperty(argument)).toList());
    return new ProcessBuilder(command)
        .redirectError(ProcessBuilder.Redirect.INHERIT)
        .start();
  }

  private static boolean isProperty(String argument) {
    return argument.startsWith("-D");
  }
}
