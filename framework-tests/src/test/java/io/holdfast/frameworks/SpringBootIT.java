package io.holdfast.frameworks;

import static org.assertj.core.api.Assertions.assertThat;

import com.acme.boot.Shop;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A real application of Spring Boot in JVMs of its own, the first of which is killed. */
final class SpringBootIT {

  @TempDir
  Path directory;

  @Test
  void newJvm_afterAKill_servesEverythingFromTheFile() throws Exception {
    List<String> first = shop();
    assertThat(first).hasSize(4).endsWith("computed 3");
    List<String> second = shop();
    assertThat(second).hasSize(4).endsWith("computed 0");
    assertThat(second.subList(0, 3)).isEqualTo(first.subList(0, 3));
  }

  private List<String> shop() throws Exception {
    return ChildJvm.runAndKill(
        line -> line.startsWith("computed"),
        Shop.class,
        "--holdfast.file=" + directory.resolve("caches.db"),
        "--spring.main.banner-mode=off",
        "--spring.main.log-startup-info=false");
  }
}
