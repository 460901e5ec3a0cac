package io.holdfast.store;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/**
 * A COMMIT that fails with a real I/O error: the system lets no file of the process grow beyond a limit, so
 * that writing the log fails in its midst.
 */
final class FailedCommitIT {
  @TempDir
  Path directory;

  @Test
  @EnabledOnOs(OS.LINUX)
  void apply_commitFailsWithAnIoError_saysThatTheOutcomeIsUnknownAndGoesOn() throws Exception {
    Path file = StoreFixture.fileIn(directory);
    List<String> command = ChildJvm.command(FullDiskProcess.class, file.toString());
    Process child = new ProcessBuilder(limited(command))
        .redirectError(ProcessBuilder.Redirect.INHERIT)
        .start();
    var ledger = new WriteLedger(/* boundNanos= */ 0);
    int unknown = 0;
    try (var lines = new BufferedReader(new InputStreamReader(child.getInputStream(), UTF_8))) {
      for (String line = lines.readLine(); line != null; line = lines.readLine()) {
        if (line.startsWith("U ")) {
          unknown++;
        } else {
          ledger.accept(line);
        }
      }
    }
    assertThat(child.waitFor(30, TimeUnit.SECONDS)).isTrue();
    assertThat(child.exitValue()).isZero();
    assertThat(unknown).isEqualTo(FullDiskProcess.FAILURES);
    assertThat(ledger.acknowledged()).isGreaterThan(300);
    ledger.assertAllows(read(file), /* mostEvicted= */ 0, "after failed commits");
  }

  private static List<String> limited(List<String> command) {
    var limited = new ArrayList<>(List.of("bash", "-c", "ulimit -f 4096 && exec \"$0\" \"$@\""));
    limited.addAll(command);
    return limited;
  }

  private static Map<String, String> read(Path path) {
    try (CacheFile file = CacheFile.openExisting(path)) {
      assertThat(file.check()).isEmpty();
      Map<String, String> found = new HashMap<>();
      for (StoredEntry entry : file.findTable("things").page(Long.MIN_VALUE, 1_000)) {
        found.put(((Cell.Text) entry.key()).value(), String.valueOf(entry.version()));
      }
      return found;
    }
  }
}
