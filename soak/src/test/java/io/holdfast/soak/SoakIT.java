package io.holdfast.soak;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.CleanupMode;
import org.junit.jupiter.api.io.TempDir;

/**
 * Two processes, eight threads each, on one file; killed at random moments. For some seconds in every
 * build, for as long as one likes with {@code ./mvnw verify -Psoak -Dholdfast.soak.minutes=60}. The
 * report is in {@code target/soak}.
 */
final class SoakIT {

  /** Kept with the logs of the processes when something is found. */
  @TempDir(cleanup = CleanupMode.ON_SUCCESS)
  Path directory;

  @Test
  void mixedLoad_killedAtRandom_losesNothingAcknowledged() throws Exception {
    long minutes = Long.getLong("holdfast.soak.minutes", 0);
    long seed = Long.getLong("holdfast.soak.seed", System.nanoTime());
    SoakPlan plan = minutes == 0 ? SoakPlan.smoke(seed) : SoakPlan.minutes(minutes, seed);
    SoakReport report = new SoakRun(directory, plan).run();
    new ReportPages(report)
        .writeTo(Path.of(System.getProperty("holdfast.soak.report", "target/soak")));
    assertThat(report.findings()).isEmpty();
    assertThat(report.kills()).isGreaterThanOrEqualTo(plan.minKills());
    assertThat(report.operations()).isGreaterThan(1_000);
    assertThat(report.ddl()).isPositive();
    assertThat(report.backups()).isPositive();
  }
}
