package io.holdfast.bench.suite;

import java.util.List;
import java.util.Locale;

/** The scores as a page of Markdown. */
final class ScoreTable {

  private ScoreTable() {}

  static String markdown(String introduction, String picture, List<Scores> tables) {
    StringBuilder page = new StringBuilder("# Holdfast and its peers\n\n")
        .append(introduction)
        .append("\n\n![Processor time per operation](")
        .append(picture)
        .append(")\n");
    for (Scores scores : tables) {
      page.append("\n## ").append(scores.heading()).append("\n\n");
      page.append("| | CPU, ns/op | ratio | wall, ns/op | ± (99.9 %) | heap, B/op |\n");
      page.append("| --- | ---: | ---: | ---: | ---: | ---: |\n");
      for (Score score : scores.ascending()) {
        page.append(String.format(
            Locale.ROOT,
            "| %s | %,.0f | %s | %,.0f | %s | %,.0f |%n",
            Peers.nameInTable(score.peer()),
            score.cpuNanos(),
            scores.ratio(score),
            score.wallNanos(),
            Double.isNaN(score.wallErrorNanos())
                ? ""
                : String.format(Locale.ROOT, "%,.0f", score.wallErrorNanos()),
            score.heapBytes()));
      }
    }
    return page.toString();
  }
}
