package io.holdfast.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFileAttributeView;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.logging.Handler;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Other users of the machine laid links, own files or may write the directory. */
final class FileTrustTest {
  @TempDir
  Path directory;

  private final Logger log = Logger.getLogger(FileTrust.class.getName());
  private final List<String> warnings = new ArrayList<>();
  private final Handler collecting = new Handler() {
    @Override
    public void publish(LogRecord entry) {
      warnings.add(entry.getMessage());
    }

    @Override
    public void flush() {}

    @Override
    public void close() {}
  };
  private Path file;

  @BeforeEach
  void listen() {
    assumeTrue(directory.getFileSystem().supportedFileAttributeViews().contains("unix"));
    log.addHandler(collecting);
    file = StoreFixture.fileIn(directory);
  }

  @AfterEach
  void stopListening() {
    log.removeHandler(collecting);
  }

  private static String modeOf(Path path) throws IOException {
    return PosixFilePermissions.toString(Files.getPosixFilePermissions(path));
  }

  /** Only root can give files away; elsewhere the tests of other owners are skipped. */
  private static void giveAway(Path path) throws IOException {
    var view =
        Files.getFileAttributeView(path, PosixFileAttributeView.class, LinkOption.NOFOLLOW_LINKS);
    try {
      view.setOwner(
          path.getFileSystem().getUserPrincipalLookupService().lookupPrincipalByName("nobody"));
    } catch (IOException notRoot) {
      assumeTrue(false, "cannot give a file to another user");
    }
  }

  @Test
  void open_newFile_everyPartIsOwnerOnly() throws IOException {
    try (var fixture = new StoreFixture(directory)) {
      fixture.store("k", "v");
      assertThat(modeOf(file)).isEqualTo("rw-------");
      assertThat(modeOf(directory.resolve("cache.db-wal"))).isEqualTo("rw-------");
      assertThat(modeOf(directory.resolve("cache.db-shm"))).isEqualTo("rw-------");
    }
    assertThat(warnings).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"-wal", "-shm", "-journal", "-changes"})
  void open_linkInThePlaceOfALog_isRefusedAndItsTargetLeftAlone(String suffix) throws IOException {
    Path victim = Files.writeString(directory.resolve("victim"), "precious");
    Files.createSymbolicLink(directory.resolve("cache.db" + suffix), victim);

    assertThatThrownBy(() -> new StoreFixture(directory))
        .isInstanceOf(StoreException.class)
        .hasMessageContaining("cache.db" + suffix + " is not a file");
    assertThat(victim).hasContent("precious");
  }

  @Test
  void open_logOfAnotherUser_isRefused() throws IOException {
    giveAway(Files.createFile(directory.resolve("cache.db-wal")));

    assertThatThrownBy(() -> new StoreFixture(directory))
        .isInstanceOf(StoreException.class)
        .hasMessageContaining("belongs to another user (nobody)");
  }

  @Test
  void open_linkOfAnotherUser_isRefusedAndItsTargetLeftAlone() throws IOException {
    Path victim = Files.createFile(directory.resolve("victim"));
    giveAway(Files.createSymbolicLink(file, victim));

    assertThatThrownBy(() -> new StoreFixture(directory))
        .isInstanceOf(StoreException.class)
        .hasMessageContaining("symbolic link of another user");
    assertThat(victim).isEmptyFile();
  }

  @Test
  void open_linkToNothing_makesNothing() throws IOException {
    Path victim = directory.resolve("victim");
    Files.createSymbolicLink(file, victim);

    assertThatThrownBy(() -> new StoreFixture(directory)).isInstanceOf(StoreException.class);
    assertThat(victim).doesNotExist();
  }

  @Test
  void open_ownLink_isFollowed() throws IOException {
    Path target = Files.createFile(directory.resolve("target.db"));
    Files.createSymbolicLink(file, target);
    try (var fixture = new StoreFixture(directory)) {
      fixture.store("k", "v");
      assertThat(fixture.file().path()).isEqualTo(target.toRealPath());
    }
    assertThat(target).isNotEmptyFile();
  }

  @Test
  void open_fileOfAnotherUser_warns() throws IOException {
    giveAway(Files.createFile(file));
    new StoreFixture(directory).close();
    assertThat(warnings).anyMatch(text -> text.contains("belongs to another user"));
  }

  @Test
  void open_fileThatAllMayRead_warns() throws IOException {
    Files.createFile(file);
    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-r--r--"));
    new StoreFixture(directory).close();
    assertThat(warnings).anyMatch(text -> text.contains("read or written by every user"));
  }

  @Test
  void open_directoryWhereAllMayReplaceFiles_warns() throws IOException {
    Path open = Files.createDirectory(directory.resolve("open"));
    Files.setPosixFilePermissions(open, PosixFilePermissions.fromString("rwxrwxrwx"));
    new StoreFixture(open).close();
    assertThat(warnings).anyMatch(text -> text.contains("every user may replace files"));

    warnings.clear();
    Files.setAttribute(open, "unix:mode", 01777);
    new StoreFixture(open).close();
    assertThat(warnings).isEmpty();
  }
}
