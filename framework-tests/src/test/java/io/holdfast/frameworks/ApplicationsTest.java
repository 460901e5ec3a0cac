package io.holdfast.frameworks;

import static org.assertj.core.api.Assertions.assertThat;

import io.holdfast.jcache.HoldfastCachingProvider;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import javax.cache.Caching;
import org.junit.jupiter.api.Test;

/** What makes the other tests worth something: one provider, and applications that do not know it. */
final class ApplicationsTest {

  @Test
  void classPath_hasOneProvider() {
    assertThat(Caching.getCachingProviders())
        .singleElement()
        .isInstanceOf(HoldfastCachingProvider.class);
  }

  /** But for the one that chooses our key generator, as an annotation can only by its class. */
  @Test
  void applications_importNothingOfHoldfast() throws Exception {
    Path choosesOurKeys = Path.of("src/test/java/com/acme/answers/Answers.java");
    try (Stream<Path> files = Files.walk(Path.of("src/test/java/com/acme"))) {
      assertThat(files.filter(Files::isRegularFile).filter(file -> !file.equals(choosesOurKeys)))
          .isNotEmpty()
          .allSatisfy(
              file -> assertThat(Files.readString(file)).doesNotContain("import io.holdfast"));
    }
  }
}
