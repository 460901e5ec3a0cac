package io.holdfast.frameworks;

import static java.util.stream.Collectors.joining;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** What docs/frameworks.md tells users to write is what runs here. */
final class FrameworksPageTest {
  private static final Pattern BLOCK = Pattern.compile("```[a-z]*\n(.*?)```", Pattern.DOTALL);
  private static final Pattern VERSION = Pattern.compile("\\.version>(.*?)<");
  private static final Path POM = Path.of("pom.xml");

  private final String page = read(Path.of("..", "docs", "frameworks.md"));

  @Test
  void blocks_areLinesOfTheApplications() throws IOException {
    List<String> files;
    try (Stream<Path> paths = Files.walk(Path.of("src/test"))) {
      files = Stream.concat(Stream.of(POM), paths.filter(Files::isRegularFile))
          .map(FrameworksPageTest::read)
          .map(FrameworksPageTest::withoutLayout)
          .toList();
    }
    List<String> blocks = BLOCK
        .matcher(page)
        .results()
        .map(block -> withoutLayout(block.group(1)))
        .toList();
    assertThat(blocks).hasSizeGreaterThanOrEqualTo(7);
    assertThat(blocks)
        .as("blocks that stand in no file of this module")
        .filteredOn(block -> files.stream().noneMatch(file -> file.contains(block)))
        .isEmpty();
  }

  @Test
  void versions_areTheTestedOnes() {
    List<String> versions = VERSION
        .matcher(read(POM))
        .results()
        .map((MatchResult version) -> version.group(1))
        .toList();
    assertThat(versions)
        .hasSize(6)
        .allSatisfy(version -> assertThat(page).contains("| " + version + " |"));
  }

  private static String read(Path file) {
    try {
      return Files.readString(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static String withoutLayout(String text) {
    return text.lines().map(String::strip).filter(line -> !line.isEmpty()).collect(joining("\n"));
  }
}
