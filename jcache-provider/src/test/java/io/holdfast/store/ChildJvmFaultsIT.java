package io.holdfast.store;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** Faults that a JVM may not survive, or meets only while it starts: each in a process of its own. */
@EnabledOnOs(OS.LINUX)
final class ChildJvmFaultsIT {
  @TempDir
  Path directory;

  private Process start(String... options) throws IOException {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(List.of("-Xmx128m", "-XX:TieredStopAtLevel=1", "-XX:-CreateCoredumpOnCrash"));
    command.add("-XX:ErrorFile=" + directory.resolve("crash.log"));
    command.addAll(
        List.of("-XX:+IgnoreUnrecognizedVMOptions", "--enable-native-access=ALL-UNNAMED"));
    command.addAll(List.of(options));
    command.addAll(List.of("-cp", System.getProperty("java.class.path")));
    command.addAll(List.of(OpeningProcess.class.getName(), directory.toString()));
    return new ProcessBuilder(command)
        .redirectError(ProcessBuilder.Redirect.DISCARD)
        .start();
  }

  @Test
  void open_nativeLibraryCannotBeUnpacked_namesTheDirectoryAndTheSetting() throws Exception {
    Path nowhere = Files.createFile(directory.resolve("not a directory"));
    Process process = start("-Dorg.sqlite.tmpdir=" + nowhere);
    process.getOutputStream().close();
    String said = new String(process.getInputStream().readAllBytes(), UTF_8);
    assertThat(said)
        .contains("native library")
        .contains(nowhere.toString())
        .contains("-Dorg.sqlite.tmpdir")
        .contains("noexec");
    assertThat(process.waitFor(20, TimeUnit.SECONDS)).isTrue();
  }

  /** A mapped file would be a SIGBUS, which no process survives. */
  @Test
  void fileTruncatedWhileOpen_isSetAsideAndTheProcessGoesOn() throws Exception {
    try (var store = new StoreFixture(directory)) {
      for (int i = 0; i < 60; i++) {
        store.store("key " + i, "value ".repeat(100));
      }
    }
    Process process = start();
    try (var in = new BufferedReader(new InputStreamReader(process.getInputStream(), UTF_8))) {
      assertThat(in.readLine()).isEqualTo("open");
      Path file = directory.resolve("cache.db");
      try (var pages = new RandomAccessFile(file.toFile(), "rw")) {
        pages.setLength(2 * 4_096);
      }
      process.getOutputStream().write('\n');
      process.getOutputStream().flush();
      assertThat(in.readLine()).isEqualTo("read");
      process.getOutputStream().close();
      assertThat(process.waitFor(20, TimeUnit.SECONDS)).isTrue();
      assertThat(process.exitValue()).isZero();
    } finally {
      process.destroyForcibly().waitFor();
    }
    try (var store = new StoreFixture(directory)) {
      store.store("key 1", "new");
      assertThat(store.reopen().value("key 1")).isEqualTo("new");
      assertThat(store.value("key 2")).isNull();
      assertThat(store.file().check()).isEmpty();
      assertThat(CacheFile.setAsideBeside(store.path())).hasSize(1);
    }
  }
}
