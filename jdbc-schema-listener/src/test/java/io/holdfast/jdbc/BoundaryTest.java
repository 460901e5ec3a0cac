package io.holdfast.jdbc;

import static org.assertj.core.api.Assertions.assertThat;

import io.holdfast.schema.Dialect;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** What texts do to the transaction, as far as they say so clearly. */
class BoundaryTest {

  @ParameterizedTest
  @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
          begin                                              | BEGINS
          BEGIN WORK;                                        | BEGINS
          Begin transaction isolation level repeatable read, read only | BEGINS
          start transaction                                  | BEGINS
          BEGIN IMMEDIATE                                    | BEGINS
          begin not atomic create table b (i int)            | UNCLEAR
          commit                                             | COMMITS
          commit ;                                           | COMMITS
          END TRANSACTION                                    | COMMITS
          commit and chain                                   | UNCLEAR
          commit prepared 'x'                                | NONE
          rollback prepared 'x'                              | NONE
          rollback                                           | ROLLS_BACK
          abort work                                         | ROLLS_BACK
          rollback and chain                                 | UNCLEAR
          prepare transaction 'x'                            | HANDS_OVER
          prepare transaction 'x y'                          | UNCLEAR
          /* why */ commit                                   | UNCLEAR
          set autocommit = 0                                 | UNCLEAR
          savepoint s                                        | UNCLEAR
          begin; create table b (i int); commit              | ENDS
          begin; insert into a values (';'); ROLLBACK work ; | ENDS
          begin; insert into a values (1) -- ; commit        | UNCLEAR
          begin; /* ; commit                                 | UNCLEAR
          commit; begin                                      | UNCLEAR
          commit; begin; select 'commit'                     | UNCLEAR
          begin; insert into t values ('; commit')           | UNCLEAR
          create function f() begin atomic select 1; end     | UNCLEAR
          """)
  void of_onPostgres(String sql, Boundary expected) {
    assertThat(Boundary.of(sql, Dialect.POSTGRESQL)).isEqualTo(expected);
  }

  /** SQLite's driver runs the first statement of such a text, and says nothing about the others. */
  @ParameterizedTest
  @EnumSource(
      names = {"POSTGRESQL", "SQLSERVER"},
      mode = EnumSource.Mode.EXCLUDE)
  void of_severalStatements_whereNotAllMayRun_isUnclear(Dialect dialect) {
    assertThat(Boundary.of("begin; create table b (i int); commit", dialect))
        .isEqualTo(Boundary.UNCLEAR);
  }
}
