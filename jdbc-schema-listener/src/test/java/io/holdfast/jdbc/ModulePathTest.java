package io.holdfast.jdbc;

import static org.assertj.core.api.Assertions.assertThat;

import com.acme.modules.ModulePathProgram;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The driver as a named module: found by {@code DriverManager}, opening a driver of another module. */
class ModulePathTest {

  private static final List<String> LIBRARIES = List.of("HikariCP", "slf4j-api", "h2", "jspecify");

  @Test
  void driver_onTheModulePath_isFoundAndListens(@TempDir Path directory) throws Exception {
    Path output = directory.resolve("output.txt");
    Process process = new ProcessBuilder(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "-p",
            modulePath(),
            "--add-modules",
            "io.holdfast.jdbc,com.h2database",
            "-cp",
            programAlone(directory).toString(),
            ModulePathProgram.class.getName())
        .redirectErrorStream(true)
        .redirectOutput(output.toFile())
        .start();
    assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
    assertThat(Files.readString(output)).contains("io.holdfast.jdbc 0");
    assertThat(process.exitValue()).isZero();
  }

  private static String modulePath() {
    Stream<String> libraries = Arrays.stream(
            System.getProperty("java.class.path").split(java.io.File.pathSeparator, -1))
        .filter(entry -> LIBRARIES.stream()
            .anyMatch(name -> Path.of(entry).getFileName().toString().matches(name + "-\\d.*jar")));
    return Stream.concat(Stream.of(Path.of("target/classes").toString()), libraries)
        .collect(Collectors.joining(java.io.File.pathSeparator));
  }

  /** The class path of the tests holds the driver once more, so the program goes into a folder alone. */
  private static Path programAlone(Path directory) throws IOException {
    String file = ModulePathProgram.class.getName().replace('.', '/') + ".class";
    Path copy = directory.resolve("program").resolve(file);
    Files.createDirectories(copy.getParent());
    try (var bytes = ModulePathTest.class.getClassLoader().getResourceAsStream(file)) {
      Files.copy(bytes, copy);
    }
    return directory.resolve("program");
  }
}
