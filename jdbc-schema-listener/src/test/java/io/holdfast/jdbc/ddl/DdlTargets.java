package io.holdfast.jdbc.ddl;

import static org.assertj.core.api.Assertions.assertThat;

import io.holdfast.schema.Dialect;

/**
 * What the recogniser is held to, per dialect, on statements that it was not written for.
 *
 * @param recall least share of the changes that are a yes or maybe
 * @param precision least share of the yes that change something
 * @param firmness least share of the changes that are a yes
 * @param hesitation greatest share of maybe among the statements that change nothing
 */
record DdlTargets(double recall, double precision, double firmness, double hesitation) {

  static DdlTargets of(Dialect dialect) {
    return switch (dialect) {
      case POSTGRESQL -> new DdlTargets(0.999, 0.98, 0.95, 0.03);
      case SQLITE -> new DdlTargets(0.999, 0.985, 0.95, 0.01);
      case H2 -> new DdlTargets(0.999, 0.98, 0.88, 0.03);
      case MARIADB, MYSQL -> new DdlTargets(0.998, 0.98, 0.90, 0.05);
      default -> throw new IllegalArgumentException("no targets for " + dialect);
    };
  }

  void assertReached(Dialect dialect, DdlMetrics metrics) {
    String seen = dialect + ": " + metrics;
    assertThat(metrics.recall())
        .as(seen + " missed: " + metrics.missed())
        .isGreaterThanOrEqualTo(recall);
    boolean structureOnly = dialect == Dialect.SQLITE;
    assertThat(structureOnly ? metrics.precisionOnStructure() : metrics.precisionOnAnyObject())
        .as(seen + " idle: " + metrics.idle())
        .isGreaterThanOrEqualTo(precision);
    assertThat(metrics.firmness()).as(seen).isGreaterThanOrEqualTo(firmness);
    assertThat(metrics.hesitation()).as(seen).isLessThanOrEqualTo(hesitation);
  }
}
