package io.holdfast.docs.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.holdfast.store.CacheFile;
import io.holdfast.store.StoreSettings;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code holdfast cache} on a file that is damaged, and beside files that were set aside. */
final class CacheCommandTest {
  @TempDir
  Path directory;

  private Path file;

  @BeforeEach
  void damage() throws IOException {
    file = directory.resolve("cache.db");
    CacheFile.open(StoreSettings.of(file), () -> 1_700_000_000_000L).close();
    try (var pages = new RandomAccessFile(file.toFile(), "rw")) {
      pages.seek(4_096);
      while (pages.getFilePointer() < pages.length()) {
        pages.write(0xA7);
      }
    }
  }

  @Test
  void list_damagedFile_saysSoAndLeavesItUntouched() throws IOException {
    byte[] damaged = Files.readAllBytes(file);
    Shell shell = Shell.run("cache", file.toString(), "list");
    assertThat(shell.exitCode()).isEqualTo(2);
    assertThat(shell.err()).contains("malformed").contains(file.toString());
    assertThat(file).hasBinaryContent(damaged);
    assertThat(CacheFile.setAsideBeside(file)).isEmpty();
  }

  @Test
  void listAndCheck_besideASetAsideFile_nameItAndSayHowToSalvage() {
    CacheFile.open(StoreSettings.of(file), () -> 1_700_000_000_000L).close();
    for (String command : new String[] {"list", "check"}) {
      Shell shell = Shell.run("cache", file.toString(), command);
      assertThat(shell.exitCode()).as(command + shell.err()).isZero();
      assertThat(shell.out())
          .contains("A damaged file was set aside: " + file + ".corrupt-20231114T221320Z")
          .contains("sqlite3 '" + file + ".corrupt-20231114T221320Z' .recover");
    }
  }
}
