package io.holdfast.store;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** The system fails to read the file ({@code SQLITE_IOERR_READ}): no miss, nothing set aside, nothing lost. */
@EnabledOnOs(OS.LINUX)
final class ReadFaultIT {
  @TempDir
  Path directory;

  @Test
  void reads_systemFailsThem_areExceptionsAndNothingIsLostAfterwards() throws Exception {
    Process process = ChildJvm.start(
        List.of(
            "--add-opens=java.base/java.io=ALL-UNNAMED",
            "--add-opens=java.base/sun.nio.ch=ALL-UNNAMED"),
        ReadFaultProcess.class,
        directory.toString());
    List<String> lines = process.inputReader(UTF_8).lines().toList();
    assertThat(process.waitFor()).isZero();

    assertThat(lines).hasSize(5);
    // Some pages are in memory.
    assertThat(lines.get(0)).matches("right \\d+ wrong 0 failed [1-9]\\d+");
    assertThat(lines.get(2)).isEqualTo("right " + ReadFaultProcess.KEYS + " wrong 0 failed 0");
    assertThat(lines.get(3)).as("the same as before").isEqualTo(lines.get(1));
    assertThat(lines.get(4)).isEqualTo("findings 0");
    assertThat(CacheFile.setAsideBeside(StoreFixture.fileIn(directory))).isEmpty();
  }
}
