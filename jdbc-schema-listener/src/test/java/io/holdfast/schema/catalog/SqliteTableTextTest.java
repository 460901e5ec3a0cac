package io.holdfast.schema.catalog;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What the text of CREATE TABLE tells and pragmas do not. */
class SqliteTableTextTest {

  @Test
  void of_constraintsOfAllKinds_findsEachInItsPlace() {
    SqliteTableText text = SqliteTableText.of("""
        CREATE TABLE "odd, name(" ( -- a comment, with a comma (
          id INTEGER CONSTRAINT pk PRIMARY KEY AUTOINCREMENT,
          [a b] TEXT COLLATE NoCase DEFAULT ('x,y') CONSTRAINT short CHECK (length([a b]) < 9),
          c INT REFERENCES other (id) ON DELETE SET NULL NOT DEFERRABLE UNIQUE,
          d AS (c || ',') VIRTUAL NOT NULL,
          UNIQUE (c, d) ON CONFLICT IGNORE,
          CONSTRAINT far FOREIGN KEY (c, d) REFERENCES other DEFERRABLE INITIALLY DEFERRED,
          CHECK (c > 0)
        ) STRICT""");

    assertThat(text.checks)
        .containsExactly(
            new SqliteTableText.Clause("short", "( length ( \"a b\" ) < 9 )"),
            new SqliteTableText.Clause("", "( c > 0 )"));
    assertThat(text.references)
        .containsExactly(
            new SqliteTableText.Clause("", "not deferrable"),
            new SqliteTableText.Clause("far", "deferrable initially deferred"));
    assertThat(text.column("a b").collation).isEqualTo("nocase");
    assertThat(text.column("D").generation).isEqualTo("virtual ( c || ',' )");
    assertThat(SqliteTokens.join(text.column("id").rest)).isEqualTo("autoincrement");
    assertThat(text.column("c").rest).isEmpty();
    assertThat(SqliteTokens.join(text.rest)).isEqualTo("unique ( c , d ) on conflict ignore");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "CREATE TABLE t",
        "CREATE TABLE t (",
        "CREATE TABLE t (a CHECK",
        "CREATE TABLE t (a DEFAULT",
        "CREATE TABLE t (a COLLATE",
        "CREATE TABLE t (a REFERENCES",
        "CREATE TABLE t (CONSTRAINT",
        "CREATE TABLE t (FOREIGN",
        "CREATE TABLE t (a 'unclosed",
        "CREATE TABLE t (a [unclosed",
        "CREATE TABLE t (a, , )",
      })
  void of_brokenText_doesNotThrow(String sql) {
    assertThat(SqliteTableText.of(sql)).isNotNull();
  }
}
