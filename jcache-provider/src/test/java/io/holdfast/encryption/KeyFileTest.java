package io.holdfast.encryption;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@DisabledOnOs(OS.WINDOWS)
final class KeyFileTest {
  @TempDir
  Path directory;

  private final AtomicLong nanos = new AtomicLong();

  private Path file() {
    return directory.resolve("keys");
  }

  private void write(String text) throws IOException {
    Path fresh = directory.resolve("keys.new");
    Files.writeString(fresh, text);
    Files.setPosixFilePermissions(fresh, PosixFilePermissions.fromString("rw-------"));
    Files.move(fresh, file(), StandardCopyOption.ATOMIC_MOVE);
  }

  private KeyFile open() {
    return KeyFile.open(file(), nanos::get);
  }

  @Test
  void open_severalKeys_usesTheLastAndFindsAll() throws IOException {
    write("# ours\n\n" + Keys.line("2025", 5) + "  " + Keys.line("2026", 6).replace("\n", "\r\n"));
    KeyFile keys = open();
    assertThat(keys.current()).isEqualTo(Keys.key("2026", 6));
    assertThat(keys.find("2025")).isEqualTo(Keys.key("2025", 5));
    assertThat(keys.find("2024")).isNull();
  }

  @Test
  void current_afterTheFileChanged_isTheNewOneWithinASecond() throws IOException {
    write(Keys.line("2025", 5));
    KeyFile keys = open();
    write(Keys.line("2025", 5) + Keys.line("2026", 6));
    assertThat(keys.current().id()).isEqualTo("2025");
    nanos.addAndGet(TimeUnit.SECONDS.toNanos(1));
    assertThat(keys.current().id()).isEqualTo("2026");
  }

  @Test
  void find_anIdThatOnlyTheChangedFileHas_readsItAtOnce() throws IOException {
    write(Keys.line("2025", 5));
    KeyFile keys = open();
    write(Keys.line("2025", 5) + Keys.line("2026", 6));
    assertThat(keys.find("2026")).isEqualTo(Keys.key("2026", 6));
  }

  @Test
  void change_thatBreaksTheFile_leavesTheKeysAsTheyWere() throws IOException {
    write(Keys.line("2025", 5));
    KeyFile keys = open();
    write("2026:half a ke");
    nanos.addAndGet(TimeUnit.SECONDS.toNanos(1));
    assertThat(keys.current().id()).isEqualTo("2025");
    Files.delete(file());
    assertThat(keys.find("2026")).isNull();
    write(Keys.line("2026", 6));
    assertThat(keys.find("2026")).isEqualTo(Keys.key("2026", 6));
    assertThat(keys.find("2025")).isNull();
  }

  @ParameterizedTest
  @ValueSource(strings = {"rw-r-----", "rw----r--", "rw--w----", "rw----rw-"})
  void open_aFileThatOthersCanGetAt_isRefused(String permissions) throws IOException {
    write(Keys.line("2026", 6));
    Files.setPosixFilePermissions(file(), PosixFilePermissions.fromString(permissions));
    assertThatThrownBy(this::open)
        .isInstanceOf(EncryptionException.class)
        .hasMessageContaining(file().toString())
        .hasMessageContaining("chmod 600");
  }

  @Test
  void open_aLineThatIsNoKey_isRefusedByItsNumberAndNothingOfIt() throws IOException {
    String key = Keys.base64(6);
    for (String line : new String[] {
      key,
      key + ":2026",
      "2026:" + key.substring(4),
      "2026:" + key + "%",
      "my key:" + key,
      ":" + key
    }) {
      write(Keys.line("2025", 5) + line + "\n");
      assertThatThrownBy(this::open)
          .isInstanceOf(EncryptionException.class)
          .hasMessageContaining("Line 2 of the key file " + file())
          .hasMessageNotContaining(key.substring(4, 20))
          .hasNoCause();
    }
  }

  @Test
  void open_twoKeysOfOneId_isRefused() throws IOException {
    write(Keys.line("2026", 5) + Keys.line("2026", 6));
    assertThatThrownBy(this::open)
        .hasMessageContaining("Line 2")
        .hasMessageContaining("line above");
  }

  @Test
  void open_noFileOrNoKey_isRefused() throws IOException {
    assertThatThrownBy(this::open)
        .isInstanceOf(EncryptionException.class)
        .hasMessageContaining(file().toString());
    write("# none yet\n");
    assertThatThrownBy(this::open).hasMessageContaining("has no key");
  }
}
