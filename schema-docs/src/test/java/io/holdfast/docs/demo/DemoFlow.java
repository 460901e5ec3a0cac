package io.holdfast.docs.demo;

import static org.assertj.core.api.Assertions.assertThat;

import io.holdfast.docs.demo.DemoResult.Step;
import io.holdfast.docs.run.Progress;
import io.holdfast.docs.run.RunReport.Outcome;
import io.holdfast.docs.run.RunReport.TableRun;
import io.holdfast.schema.SchemaWatch;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;

/** Runs the demonstration and states what each step must have done. */
final class DemoFlow {
  private static final int TABLES = 15;

  private DemoFlow() {}

  static void assertDemo(DemoEngine engine, Path directory) throws Exception {
    Path out = directory.resolve("pages");
    Path work = Files.createDirectory(directory.resolve("work"));
    DemoResult result;
    try {
      result = new Demo(engine, out, work, Progress.NONE, sentence -> {}).run();
    } finally {
      // A watch outlives its last connection by a minute, and the next test counts all beans.
      SchemaWatch.shutdown();
    }

    assertStep(result.steps().get(0), TABLES, 0);
    assertStep(result.steps().get(1), 0, TABLES);
    assertStep(result.steps().get(2), 2, TABLES - 2);
    assertStep(result.steps().get(3), 0, TABLES);
    assertThat(result.steps().get(2).run().tables().stream()
            .filter(table -> table.outcome() == Outcome.GENERATED)
            .map(TableRun::table)
            .map(table -> table.substring(table.indexOf('.') + 1).toLowerCase(Locale.ROOT)))
        .containsExactlyInAnyOrder("reviews", "suppliers");

    assertThat(result.firstJvm().misses()).isEqualTo(TABLES + 2);
    assertThat(result.firstJvm().hits()).isEqualTo(TABLES + TABLES - 2);
    assertThat(result.firstJvm().drifts()).isEqualTo(2);
    assertThat(result.firstJvm().outsideDrifts()).isEqualTo(1);
    assertThat(result.newJvm().hits()).isEqualTo(TABLES);
    assertThat(result.newJvm().fileHits()).isEqualTo(TABLES);
    assertThat(result.newJvm().misses()).isZero();

    assertThat(result.serveNanos()).isPositive().isLessThan(result.generateNanos());

    String schema = engine == DemoEngine.SQLITE ? "main" : "public";
    assertThat(out.resolve("README.md")).content().contains("erDiagram").contains("14 tables");
    assertThat(out.resolve(schema + ".reviews.md")).content().containsIgnoringCase("helpful_votes");
    assertThat(out.resolve(schema + ".suppliers.md")).content().containsIgnoringCase("website");
    assertThat(out.resolve(schema + ".customers.md")).content().contains("1,500 rows");
  }

  private static void assertStep(Step step, long generated, long served) {
    assertThat(step.run().failed()).as(step.name()).isZero();
    assertThat(step.run().generated()).as(step.name() + ", generated").isEqualTo(generated);
    assertThat(step.run().served()).as(step.name() + ", served").isEqualTo(served);
  }
}
