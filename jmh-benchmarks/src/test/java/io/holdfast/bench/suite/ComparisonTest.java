package io.holdfast.bench.suite;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.reflect.Field;
import java.lang.reflect.Method;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Param;

/** What is compared is there: a renamed benchmark would be left out without a word. */
final class ComparisonTest {

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void chosen_benchmarksParametersAndBaselines_exist(boolean quick) throws Exception {
    for (Comparison comparison : Comparison.chosen(quick)) {
      int dot = comparison.benchmark().lastIndexOf('.');
      Class<?> benchmark =
          Class.forName("io.holdfast.bench." + comparison.benchmark().substring(0, dot));
      assertThat(Arrays.stream(benchmark.getMethods())
              .filter(method -> method.isAnnotationPresent(Benchmark.class)))
          .extracting(Method::getName)
          .contains(comparison.benchmark().substring(dot + 1));
      Field peers = benchmark.getField(comparison.peerParameter());
      assertThat(peers.isAnnotationPresent(Param.class)).isTrue();
      assertThat(names(peers)).contains(comparison.baseline(), "HOLDFAST");
      for (String parameter : comparison.parameters().keySet()) {
        assertThat(benchmark.getField(parameter).isAnnotationPresent(Param.class))
            .isTrue();
      }
    }
  }

  private static List<String> names(Field peers) {
    return peers.getType().isEnum()
        ? Arrays.stream(peers.getType().getEnumConstants())
            .map(Object::toString)
            .toList()
        : List.of(peers.getAnnotation(Param.class).value());
  }
}
