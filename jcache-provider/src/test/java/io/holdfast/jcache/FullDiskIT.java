package io.holdfast.jcache;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import javax.cache.Cache;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** No room for another page, for real: reads go on, writes are refused, nothing acknowledged is lost or stale. */
@EnabledOnOs(OS.LINUX)
final class FullDiskIT {
  @TempDir
  Path directory;

  /** What the process was told, and what it read afterwards. */
  private static final class Report {
    private final Map<Integer, String> acknowledged = new HashMap<>();
    private final Map<Integer, String> read = new HashMap<>();
    private final Set<Integer> refused = new HashSet<>();
    private final Set<Integer> unreadable = new HashSet<>();

    Report(List<String> lines) {
      for (String line : lines) {
        String[] words = line.split(" ", -1);
        int key = Integer.parseInt(words[1]);
        switch (words[0]) {
          case "acknowledged" -> {
            acknowledged.put(key, words[2]);
            refused.remove(key);
          }
          case "refused" -> refused.add(key);
          case "read" -> read.put(key, words[2]);
          case "unreadable" -> unreadable.add(key);
          default -> throw new IllegalArgumentException(line);
        }
      }
    }
  }

  private static Report run(String prefix, Path where) throws Exception {
    String java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
    Process process = new ProcessBuilder(
            "sh",
            "-c",
            prefix + " exec \"$0\" -Xmx128m -XX:TieredStopAtLevel=1 -XX:-UsePerfData"
                + " -XX:+IgnoreUnrecognizedVMOptions --enable-native-access=ALL-UNNAMED"
                + " -cp \"$1\" \"$2\" \"$3\"",
            java,
            System.getProperty("java.class.path"),
            FullDiskProcess.class.getName(),
            where.toString())
        .redirectError(ProcessBuilder.Redirect.DISCARD)
        .start();
    String out = new String(process.getInputStream().readAllBytes(), UTF_8);
    assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
    assertThat(process.exitValue()).as(out).isZero();
    return new Report(out.lines().toList());
  }

  private static void assertReadsWentOn(Report report) {
    assertThat(report.refused).as("writes without room").isNotEmpty();
    assertThat(report.acknowledged).hasSize(FullDiskProcess.KEYS);
    assertThat(report.unreadable).isSubsetOf(report.refused);
    report.read.forEach((key, round) -> {
      if (!report.refused.contains(key)) {
        assertThat(round).as("key " + key).isEqualTo(report.acknowledged.get(key));
      }
    });
    assertThat(report.read.size() + report.unreadable.size()).isEqualTo(FullDiskProcess.KEYS);
  }

  private static void assertAllIsThere(Path where, Report report) {
    try (var fixture = new ManagerFixture(where)) {
      Cache<String, String> cache = fixture.words();
      report.acknowledged.forEach((key, round) -> {
        String value = cache.get("key " + key);
        if (!report.refused.contains(key)) {
          assertThat(value).isEqualTo(FullDiskProcess.value(key, Integer.parseInt(round)));
        }
        cache.put("key " + key, "room again");
        assertThat(cache.get("key " + key)).isEqualTo("room again");
      });
    }
  }

  /** The system refuses to let any file of the process grow beyond the limit: an I/O error for SQLite. */
  @Test
  void put_fileSizeLimit_isRefusedAndNothingAcknowledgedIsLost() throws Exception {
    Report report = run("ulimit -f 4096;", directory);
    assertReadsWentOn(report);
    assertAllIsThere(directory, report);
  }

  /** A file system without room, where one can be mounted. */
  @Test
  void put_fileSystemFull_isRefusedAndNothingAcknowledgedIsLost() throws Exception {
    Path mounted = Files.createDirectory(directory.resolve("small"));
    assumeTrue(isDone("mount", "-t", "tmpfs", "-o", "size=3m", "tmpfs", mounted.toString()));
    try {
      Report report = run("", mounted);
      assertReadsWentOn(report);
      assertThat(isDone("mount", "-o", "remount,size=20m", mounted.toString())).isTrue();
      assertAllIsThere(mounted, report);
    } finally {
      // Lazily: the log index stays mapped until the garbage collector has been there.
      assertThat(isDone("umount", "-l", mounted.toString())).isTrue();
    }
  }

  private static boolean isDone(String... command) throws InterruptedException {
    try {
      Process process = new ProcessBuilder(command)
          .redirectErrorStream(true)
          .redirectOutput(ProcessBuilder.Redirect.DISCARD)
          .start();
      return process.waitFor() == 0;
    } catch (IOException noSuchProgram) {
      return false;
    }
  }
}
