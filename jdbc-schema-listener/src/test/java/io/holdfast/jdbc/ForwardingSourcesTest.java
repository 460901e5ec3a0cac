package io.holdfast.jdbc;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledForJreRange;
import org.junit.jupiter.api.condition.JRE;

/** The checked-in base classes are what the generator writes, layout aside. */
class ForwardingSourcesTest {

  /** On the JDK that the sources are written for: a newer one may know more methods. */
  @Test
  @EnabledForJreRange(min = JRE.JAVA_17, max = JRE.JAVA_17)
  void render_onTheOldestJdk_equalsTheCheckedInFiles() throws IOException {
    for (Map.Entry<Path, String> file : ForwardingSources.render().entrySet()) {
      assertThat(words(Files.readString(file.getKey())))
          .as(file.getKey().toString())
          .isEqualTo(words(file.getValue()));
    }
  }

  /** White space and the stars of comments are the formatter's. */
  private static String words(String source) {
    return source.replaceAll("[\\s*]+", "");
  }
}
