package io.holdfast.bench.suite;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.util.List;
import java.util.Map;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.Test;
import org.w3c.dom.Document;

final class ScoresTest {
  private static final Comparison GETS =
      new Comparison("Get", "peers.StoreBenchmark.get", "store", "BY_HAND", Map.of(), 8);
  private static final Score BY_HAND =
      new Score("valueBytes = 100", "BY_HAND", 2_000, 2_100, 50, 8);
  private static final Score OURS = new Score("valueBytes = 100", "HOLDFAST", 500, 600, 5, 16);

  @Test
  void ratio_isProcessorTimeToTheBaselines() {
    Scores scores = Scores.of(GETS, List.of(BY_HAND, OURS));
    assertThat(scores.ascending()).containsExactly(OURS, BY_HAND);
    assertThat(scores.ratio(OURS)).isEqualTo("0.25");
    assertThat(scores.heading()).isEqualTo("Get, valueBytes = 100, threads = 8");
  }

  @Test
  void of_withoutTheBaseline_saysWhichIsMissing() {
    assertThatThrownBy(() -> Scores.of(GETS, List.of(OURS)))
        .hasMessageContainingAll("peers.StoreBenchmark.get", "BY_HAND");
  }

  @Test
  void markdown_hasOneRowForEachPeer_oursInBold() {
    String page =
        ScoreTable.markdown("Made so.", "c.svg", List.of(Scores.of(GETS, List.of(BY_HAND, OURS))));
    assertThat(page)
        .contains("## Get, valueBytes = 100, threads = 8")
        .contains("| **holdfast** | 500 | 0.25 | 600 | 5 | 16 |")
        .contains("| by hand | 2,000 | 1.00 | 2,100 | 50 | 8 |");
  }

  @Test
  void svg_isWellFormed_withABarForEachPeer() throws Exception {
    String svg = ScoreChart.svg(List.of(Scores.of(GETS, List.of(BY_HAND, OURS))));
    Document document = DocumentBuilderFactory.newDefaultInstance()
        .newDocumentBuilder()
        .parse(new ByteArrayInputStream(svg.getBytes(UTF_8)));
    // The background, and two bars.
    assertThat(document.getElementsByTagName("rect").getLength()).isEqualTo(3);
  }
}
