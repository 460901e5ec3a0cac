package io.holdfast.docs.render;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIOException;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PageDirectoryTest {

  @TempDir
  Path directory;

  @Test
  void write_sameText_leavesTheFileAlone() throws IOException {
    new PageDirectory(directory).write("a.md", "text");
    FileTime old = FileTime.fromMillis(1_000_000);
    Files.setLastModifiedTime(directory.resolve("a.md"), old);
    new PageDirectory(directory).write("a.md", "text");
    assertThat(Files.getLastModifiedTime(directory.resolve("a.md"))).isEqualTo(old);
    new PageDirectory(directory).write("a.md", "other");
    assertThat(directory.resolve("a.md")).hasContent("other");
  }

  @Test
  void removeOthers_pageOfATableThatIsGone_isRemovedAndForeignFilesStay() throws IOException {
    Files.writeString(directory.resolve("mine.md"), "notes");
    var first = new PageDirectory(directory);
    first.write("a.md", "a");
    first.write("b.md", "b");
    first.removeOthers();
    var second = new PageDirectory(directory);
    second.write("a.md", "a");
    second.removeOthers();
    assertThat(files()).containsExactlyInAnyOrder(".holdfast-pages", "a.md", "mine.md");
  }

  @Test
  void open_whereAFileIs_failsAndLeavesItAlone() throws IOException {
    Path file = Files.writeString(directory.resolve("file"), "text");
    assertThatIOException().isThrownBy(() -> new PageDirectory(file.resolve("pages")));
    assertThat(file).hasContent("text");
  }

  private List<String> files() throws IOException {
    try (Stream<Path> files = Files.list(directory)) {
      return files.map(file -> file.getFileName().toString()).toList();
    }
  }
}
