package io.holdfast.tier;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URL;
import java.nio.file.Path;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The build runs this package over more than one version of Ehcache, each time over that one alone. */
class EhcacheVersionTest {
  @Test
  void classPath_holdsTheEhcacheThatTheBuildMeans() throws Exception {
    List<URL> places = Collections.list(getClass()
        .getClassLoader()
        .getResources("org/ehcache/core/spi/store/tiering/AuthoritativeTier.class"));

    assertThat(places).singleElement().satisfies(place -> {
      Path jar = Path.of(place.getPath().replaceFirst("!.*", ""));
      assertThat(jar.getFileName()).hasToString(System.getProperty("ehcache.jar"));
    });
  }
}
