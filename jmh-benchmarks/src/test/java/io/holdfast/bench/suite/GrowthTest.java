package io.holdfast.bench.suite;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.Test;

final class GrowthTest {

  @Test
  void all_benchmarksParametersAndPeers_exist() throws Exception {
    for (Growth growth : Growth.all()) {
      Declared declared = Declared.of(growth.benchmark());
      assertThat(declared).matches(Declared::hasMethod);
      assertThat(declared.valuesOf(growth.peerParameter())).containsAll(growth.peers());
      assertThat(growth.sizes()).isSorted();
      if (!growth.growing().equals(Growth.THREADS)) {
        assertThat(declared.hasParameter(growth.growing())).isTrue();
      }
      for (String parameter : growth.parameters().keySet()) {
        assertThat(declared.hasParameter(parameter)).isTrue();
      }
    }
  }

  @Test
  void tableAndChart_twoPeers_showEachSizeWithTheRatio() throws Exception {
    Map<String, List<Curves.Point>> points = new LinkedHashMap<>();
    points.put(
        "SQLITE_BY_HAND",
        List.of(new Curves.Point(10, 2_000, 2_100), new Curves.Point(1_000, 4_000, 4_100)));
    points.put(
        "HOLDFAST",
        List.of(new Curves.Point(10, 1_000, 1_100), new Curves.Point(1_000, 8_000, 8_100)));
    List<Curves> curves = List.of(new Curves("Get", "entries", points));

    assertThat(CurveTable.markdown(curves)).contains("""
        | 10 | 2,000 | 2,100 | 1,000 | 1,100 | 0.50 |
        | 1,000 | 4,000 | 4,100 | 8,000 | 8,100 | 2.00 |
        """);
    String svg = CurveChart.svg(curves);
    assertThat(svg).contains("Get by entries", ">holdfast<", ">1,000<", ">5 µs<");
    DocumentBuilderFactory.newInstance()
        .newDocumentBuilder()
        .parse(new ByteArrayInputStream(svg.getBytes(StandardCharsets.UTF_8)));
  }
}
