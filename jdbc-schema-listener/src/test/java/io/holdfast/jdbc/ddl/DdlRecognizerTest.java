package io.holdfast.jdbc.ddl;

import static org.assertj.core.api.Assertions.assertThat;

import io.holdfast.jdbc.ddl.DdlVerdict.Answer;
import io.holdfast.schema.Dialect;
import io.holdfast.schema.SqlName;
import io.holdfast.schema.Suspects;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** Which statements change structure, by dialect, and what the verdict tells beside the answer. */
class DdlRecognizerTest {

  @ParameterizedTest
  @CsvSource(delimiter = '|', quoteCharacter = '\u0001', textBlock = """
          YES   | create table shop.orders (id int)
          YES   | /* a /* b */ c */ CREATE UNLOGGED TABLE t (a int)
          YES   | -- first\\nDROP TABLE t
          YES   | ; ; ALTER TABLE t ADD COLUMN note text
          YES   | SELECT a, b INTO archive FROM t
          YES   | (SELECT 1 INTO one)
          YES   | WITH x AS (SELECT 1 AS a) SELECT a INTO y FROM x
          YES   | EXPLAIN ANALYZE CREATE TABLE t AS SELECT 1
          YES   | EXPLAIN (COSTS OFF, ANALYZE) SELECT 1 AS a INTO t
          YES   | EXPLAIN (ANALYZE true) CREATE MATERIALIZED VIEW v AS SELECT 1
          YES   | CREATE SCHEMA s CREATE TABLE t (a int) CREATE VIEW v AS SELECT 1
          YES   | ALTER TABLE t OWNER TO bob, ALTER a SET NOT NULL
          YES   | ALTER TABLE ONLY t ATTACH PARTITION p DEFAULT
          YES   | ALTER INDEX i RENAME TO j
          YES   | ALTER SEQUENCE s INCREMENT BY 2 RESTART
          YES   | DROP SCHEMA s CASCADE
          YES   | CREATE RULE r AS ON INSERT TO t DO ALSO (DELETE FROM u; DELETE FROM v)
          YES   | CREATE CONSTRAINT TRIGGER g AFTER INSERT ON t FOR EACH ROW EXECUTE FUNCTION f()
          YES   | CREATE FUNCTION f() RETURNS int BEGIN ATOMIC SELECT 1; SELECT 2; END; DROP TABLE t
          MAYBE | SELECT 'it''s; \\\\'; DROP TABLE t
          YES   | SELECT E'\\\\'; no'; DROP TABLE t
          YES   | SELECT $a$ ; $b$ ; $a$; DROP TABLE t
          MAYBE | CREATE TABLE IF NOT EXISTS t (a int)
          MAYBE | DROP TABLE IF EXISTS t
          MAYBE | ALTER TABLE t ADD COLUMN IF NOT EXISTS a int
          MAYBE | ALTER TABLE t VALIDATE CONSTRAINT c
          NO    | TRUNCATE t, ONLY u
          MAYBE | SELECT 'it\\'; DROP TABLE t
          MAYBE | SELECT 'a\\'' ; DROP TABLE t -- '
          NO    | SELECT 'a\\'; SELECT E'b\\''
          NO    | EXPLAIN (ANALYZE "off") CREATE TABLE t AS SELECT 1
          YES   | EXPLAIN (ANALYZE 'on') CREATE TABLE t AS SELECT 1
          MAYBE | ALTER INDEX i ATTACH PARTITION j
          MAYBE | CALL rebuild()
          NO    | EXECUTE p (1)
          NO    | EXPLAIN ANALYZE EXECUTE p
          MAYBE | DO $$ BEGIN EXECUTE 'DROP TABLE t'; END $$
          MAYBE | DO LANGUAGE plpython3u 'plpy.execute(x)'
          MAYBE | DROP FUNCTION f(int) CASCADE
          MAYBE | DROP OWNED BY bob
          MAYBE | DROP EXTENSION hstore
          MAYBE | ALTER TYPE mood ADD VALUE 'calm'
          MAYBE | UPDATE pg_catalog.pg_class SET relhasrules = true
          MAYBE | WITH x AS (DELETE FROM ONLY pg_attrdef RETURNING 1) SELECT * FROM x
          MAYBE | IMPORT FOREIGN SCHEMA s FROM SERVER r INTO t
          MAYBE | COMMIT PREPARED 'x'
          MAYBE | FROBNICATE TABLE t
          NO    | DO $$ BEGIN PERFORM 1; END $$
          NO    | SELECT 1; SELECT 'DROP TABLE t'
          NO    | SELECT a AS into FROM t
          NO    | INSERT INTO t SELECT * FROM u
          NO    | WITH x AS (INSERT INTO t VALUES (1) RETURNING a) SELECT * FROM x
          NO    | MERGE INTO t USING u ON t.a = u.a WHEN MATCHED THEN DELETE
          NO    | EXPLAIN CREATE TABLE t AS SELECT 1
          NO    | EXPLAIN (ANALYZE off) CREATE TABLE t AS SELECT 1
          NO    | SELECT $$ ; DROP TABLE t; $$
          NO    | /* DROP TABLE t; */ SELECT 1 -- ; DROP TABLE t
          NO    | SELECT "a;DROP TABLE t" FROM u
          NO    | CREATE TEMP TABLE t (a int)
          NO    | CREATE TABLE pg_temp.t (a int)
          NO    | SELECT 1 AS a INTO TEMP t
          NO    | CREATE FUNCTION f() RETURNS int LANGUAGE sql AS 'SELECT 1; DROP TABLE t'
          NO    | CREATE SCHEMA s
          NO    | DROP SCHEMA s
          NO    | CREATE EVENT TRIGGER e ON sql_drop EXECUTE FUNCTION f()
          NO    | ALTER TABLE t OWNER TO bob
          NO    | ALTER TABLE t SET (fillfactor = 70), ALTER COLUMN a SET STATISTICS 100
          NO    | ALTER SEQUENCE s RESTART WITH 5
          NO    | ALTER FOREIGN DATA WRAPPER w OPTIONS (a 'b')
          NO    | GRANT SELECT ON t TO bob
          NO    | COMMENT ON TABLE t IS 'x'
          NO    | REFRESH MATERIALIZED VIEW v
          NO    | COPY t FROM STDIN
          """)
  void recognise_postgresql(Answer expected, String sql) {
    assertAnswer(Dialect.POSTGRESQL, expected, sql);
  }

  @ParameterizedTest
  @CsvSource(delimiter = '|', quoteCharacter = '\u0001', textBlock = """
          YES   | CREATE TABLE [order details] (a, b)
          YES   | CREATE VIRTUAL TABLE f USING fts5(a)
          YES   | ALTER TABLE `t` RENAME COLUMN a TO b
          YES   | CREATE TRIGGER g AFTER INSERT ON t BEGIN UPDATE t SET a = 1; DELETE FROM u; END
          YES   | CREATE TRIGGER g AFTER INSERT ON t BEGIN SELECT CASE WHEN 1 THEN 2 END; END;
          MAYBE | DROP TABLE IF EXISTS t
          MAYBE | SELECT 1; CREATE TABLE t (a)
          MAYBE | UPDATE sqlite_schema SET sql = 'x'
          MAYBE | INSERT OR REPLACE INTO main.sqlite_master VALUES (1)
          NO    | CREATE TEMP TRIGGER g AFTER INSERT ON t BEGIN DELETE FROM u; DROP; END
          NO    | CREATE TABLE temp.t (a)
          NO    | CREATE INDEX temp.i ON t (a)
          NO    | UPDATE sqlite_sequence SET seq = 0
          NO    | PRAGMA journal_mode = WAL
          NO    | EXPLAIN CREATE TABLE t (a)
          NO    | SELECT [; DROP TABLE t] FROM u
          NO    | REINDEX t
          NO    | VACUUM INTO 'file'
          """)
  void recognise_sqlite(Answer expected, String sql) {
    assertAnswer(Dialect.SQLITE, expected, sql);
  }

  @ParameterizedTest
  @CsvSource(delimiter = '|', quoteCharacter = '\u0001', textBlock = """
          YES   | // note\\nCREATE TABLE t (a INT)
          YES   | @CREATE TABLE t (a INT)
          YES   | CREATE UNIQUE NULLS ALL DISTINCT INDEX i ON t (a)
          YES   | CREATE CACHED TABLE t (a INT)
          YES   | EXECUTE IMMEDIATE 'DROP TABLE t'
          YES   | ALTER TABLE t ALTER COLUMN a SET DEFAULT 1
          YES   | CREATE SYNONYM s FOR t
          MAYBE | EXECUTE IMMEDIATE CONCAT('DROP TABLE ', name)
          MAYBE | DROP ALL OBJECTS
          MAYBE | CALL my_function(1)
          MAYBE | CALL LINK_SCHEMA('a', '', 'b', '', '', 'c')
          MAYBE | ALTER DOMAIN d SET DEFAULT 1
          MAYBE | ALTER TABLE t SET REFERENTIAL_INTEGRITY FALSE
          MAYBE | RUNSCRIPT FROM 'file.sql'
          MAYBE | WITH x AS (SELECT 1) CREATE TABLE t AS SELECT * FROM x
          NO    | CALL LENGTH(TRIM(' a '))
          NO    | CALL 1 + 2
          NO    | CREATE ALIAS f AS $$ int f() { return 1; } $$
          NO    | CREATE LOCAL TEMPORARY TABLE t (a INT)
          YES   | CREATE TEMPORARY TABLE t (a INT)
          NO    | ALTER SEQUENCE s RESTART WITH 10
          NO    | ALTER TABLE t ALTER COLUMN a SELECTIVITY 10
          NO    | SCRIPT NODATA
          """)
  void recognise_h2(Answer expected, String sql) {
    assertAnswer(Dialect.H2, expected, sql);
  }

  @ParameterizedTest
  @CsvSource(delimiter = '|', quoteCharacter = '\u0001', textBlock = """
          YES   | # note\\nCREATE TABLE t (a INT)
          YES   | /*!50001 CREATE TABLE t (a INT) */
          YES   | /*M!100100 DROP TABLE t */
          YES   | CREATE /*!50017 DEFINER=`root`@`localhost`*/ TRIGGER g BEFORE INSERT ON t FOR EACH ROW SET @a = 1
          YES   | CREATE DEFINER=root@localhost SQL SECURITY INVOKER VIEW v AS SELECT 1
          YES   | SET STATEMENT max_statement_time=10 FOR ALTER TABLE t ADD a INT
          YES   | EXECUTE IMMEDIATE 'CREATE TABLE t (a INT)'
          YES   | RENAME TABLE a TO b, c TO d
          YES   | CREATE SEQUENCE s
          YES   | DROP DATABASE shop
          YES   | ALTER TABLE t COMMENT='x', MODIFY a BIGINT
          YES   | SELECT 'it\\\\'s; '; DROP TABLE t
          YES   | SELECT 1--1; DROP TABLE t
          YES   | CREATE PROCEDURE p() BEGIN IF 1 THEN SELECT 1; END IF; END; DROP TABLE t
          MAYBE | EXECUTE s
          MAYBE | CALL p()
          MAYBE | BEGIN NOT ATOMIC DROP TABLE t; END
          MAYBE | IF 1 THEN CREATE TABLE t (a INT); END IF
          MAYBE | ALTER TABLE t DROP COLUMN IF EXISTS a
          MAYBE | ALTER TABLE t ENGINE=InnoDB
          NO    | TRUNCATE TABLE t
          YES   | ALTER TABLE t WAIT 5 ADD COLUMN a INT
          YES   | ALTER TABLE t NOWAIT DROP COLUMN a
          MAYBE | DROP FUNCTION f
          NO    | DROP PROCEDURE p
          MAYBE | /*!110500 DROP TABLE t */
          NO    | /*!50700 CREATE TABLE t (a INT) */
          NO    | /*!80000 DROP TABLE t */ SELECT 1
          NO    | CREATE TEMPORARY TABLE t (a INT)
          NO    | DROP TEMPORARY TABLE t
          NO    | ALTER TABLE t ORDER BY a
          NO    | ALTER TABLE t AUTO_INCREMENT=5, COMMENT='x', ALGORITHM=INPLACE, LOCK=NONE
          NO    | BEGIN NOT ATOMIC SELECT 1; END
          NO    | CREATE PROCEDURE p() BEGIN DROP TABLE t; END
          NO    | SELECT "; DROP TABLE t"
          NO    | INSERT INTO t VALUES ('a\\\\'; DROP TABLE t; ')
          NO    | RENAME USER a TO b
          NO    | SELECT 1 INTO @x
          NO    | OPTIMIZE TABLE t
          """)
  void recognise_mariadb(Answer expected, String sql) {
    assertAnswer(Dialect.MARIADB, expected, sql);
  }

  @ParameterizedTest
  @CsvSource(delimiter = '|', quoteCharacter = '\u0001', textBlock = """
          MYSQL     | MAYBE | /*!80000 DROP TABLE t */
          MYSQL     | NO    | /*M!100100 DROP TABLE t */
          ORACLE    | YES   | CREATE GLOBAL TEMPORARY TABLE t (a NUMBER)
          ORACLE    | NO    | CREATE PRIVATE TEMPORARY TABLE ora$ptt_t (a NUMBER)
          ORACLE    | NO    | SELECT q'[it's; DROP TABLE t; ]' FROM dual
          ORACLE    | YES   | SELECT nq'(a'b)' FROM dual; DROP TABLE t
          ORACLE    | MAYBE | BEGIN EXECUTE IMMEDIATE 'DROP TABLE t'; END;
          ORACLE    | NO    | CREATE OR REPLACE PROCEDURE p AS BEGIN DELETE FROM t; COMMIT; END;
          ORACLE    | YES   | RENAME a TO b
          SQLSERVER | YES   | SELECT a INTO archive FROM t
          SQLSERVER | NO    | SELECT a INTO #t FROM u
          SQLSERVER | YES   | SELECT 1 CREATE TABLE t (a int)
          SQLSERVER | NO    | CREATE TABLE #t (a int)
          SQLSERVER | NO    | SELECT [drop] FROM [create]; SELECT @drop
          SQLSERVER | MAYBE | EXEC sp_rename 'a', 'b'
          SQLSERVER | MAYBE | sp_rename 'a', 'b'
          SQLSERVER | YES   | IF OBJECT_ID('t') IS NULL BEGIN CREATE TABLE t (a int) END
          SQLSERVER | NO    | INSERT INTO t (a) SELECT 1
          GENERIC   | YES   | CREATE TABLE t (a int)
          GENERIC   | MAYBE | REORGANISE t
          GENERIC   | MAYBE | {? = call f(1)}
          GENERIC   | NO    | SELECT 1
          """)
  void recognise_otherDialects(Dialect dialect, Answer expected, String sql) {
    assertAnswer(dialect, expected, sql);
  }

  private static void assertAnswer(Dialect dialect, Answer expected, String sql) {
    String text = sql.replace("\\n", "\n").replace("\\\\", "\\");
    assertThat(DdlRecognizer.forDialect(dialect).recognise(text).answer())
        .as(text)
        .isEqualTo(expected);
  }

  @ParameterizedTest
  @EnumSource(Dialect.class)
  void recognise_plainDdlAfterMarkAndHardSpace_isCertainInEveryDialect(Dialect dialect) {
    DdlVerdict verdict =
        DdlRecognizer.forDialect(dialect).recognise("\ufeff\u00a0 create table Orders (id int)");

    assertThat(verdict.answer()).isEqualTo(Answer.YES);
    assertThat(verdict.kind()).isEqualTo("CREATE");
    assertThat(verdict.objects()).containsExactly(new SqlName(null, "Orders"));
    assertThat(verdict.suspects()).isEqualTo(Suspects.of(Set.of(new SqlName(null, "Orders"))));
  }

  @Test
  void recognise_immediateTextThatIsPutTogether_isOnlyPerhapsAChange() {
    DdlRecognizer h2 = DdlRecognizer.forDialect(Dialect.H2);
    assertThat(h2.recognise("EXECUTE IMMEDIATE 'SELECT 1 ' || x").answer()).isEqualTo(Answer.MAYBE);
    assertThat(h2.recognise("EXECUTE IMMEDIATE 'SELECT 1'").answer()).isEqualTo(Answer.NO);
  }

  @Test
  void recognise_rename_suspectsBothNames() {
    assertThat(postgresql("ALTER TABLE app.a RENAME TO b").suspects().names())
        .containsExactlyInAnyOrder(new SqlName("app", "a"), new SqlName("app", "b"));
    assertThat(DdlRecognizer.forDialect(Dialect.MARIADB)
            .recognise("RENAME TABLE t TO _t_del, _t_gho TO t")
            .suspects()
            .names())
        .extracting(SqlName::name)
        .containsExactlyInAnyOrder("t", "_t_del", "_t_gho");
  }

  @Test
  void recognise_partitionParentAndReferences_areSuspects() {
    assertThat(postgresql("CREATE TABLE p1 PARTITION OF app.p FOR VALUES IN (1)")
            .suspects()
            .names())
        .containsExactlyInAnyOrder(new SqlName(null, "p1"), new SqlName("app", "p"));
    assertThat(postgresql("CREATE TABLE c (a int REFERENCES d) INHERITS (e, f)")
            .suspects()
            .names())
        .extracting(SqlName::name)
        .containsExactlyInAnyOrder("c", "d", "e", "f");
  }

  @Test
  void recognise_indexOrTrigger_suspectsTheTableWhereNamed() {
    assertThat(postgresql("CREATE INDEX CONCURRENTLY i ON ONLY app.t (a)").suspects())
        .isEqualTo(Suspects.of(Set.of(new SqlName("app", "t"))));
    assertThat(postgresql("DROP TRIGGER g ON t").suspects())
        .isEqualTo(Suspects.of(Set.of(new SqlName(null, "t"))));
    assertThat(postgresql("DROP INDEX i").suspects()).isEqualTo(Suspects.ALL);
    assertThat(DdlRecognizer.forDialect(Dialect.SQLITE)
            .recognise("CREATE INDEX aux.i ON t (a)")
            .suspects())
        .isEqualTo(Suspects.of(Set.of(new SqlName("aux", "t"))));
  }

  @Test
  void recognise_whatTheTextDoesNotBound_suspectsEverything() {
    for (String sql : new String[] {
      "DROP TABLE t CASCADE",
      "DROP SCHEMA s CASCADE",
      "DROP OWNED BY bob",
      "CALL f()",
      "ALTER SCHEMA a RENAME TO b",
      "DROP TYPE mood CASCADE"
    }) {
      assertThat(postgresql(sql).suspects()).as(sql).isEqualTo(Suspects.ALL);
    }
  }

  @Test
  void recognise_quotedNames_loseTheirQuotes() {
    assertThat(postgresql("DROP TABLE \"My \"\"Table\", db.\"s.x\".t").objects())
        .containsExactly(new SqlName(null, "My \"Table"), new SqlName("s.x", "t"));
  }

  @Test
  void recognise_severalStatements_joinsTheirNamesAndTellsTransactionControl() {
    DdlVerdict verdict =
        postgresql("BEGIN; TRUNCATE a; ALTER TABLE b ADD c int; SET search_path = x; COMMIT");

    assertThat(verdict.answer()).isEqualTo(Answer.YES);
    assertThat(verdict.kind()).isEqualTo("ALTER");
    assertThat(verdict.suspects().names()).extracting(SqlName::name).contains("a", "b");
    assertThat(verdict.transactionControl()).isTrue();
    assertThat(verdict.contextChange()).isTrue();
  }

  @Test
  void recognise_truncate_isNoChangeOfStructureButSuspectsItsTables() {
    DdlVerdict verdict = postgresql("TRUNCATE TABLE a, ONLY app.b RESTART IDENTITY");

    assertThat(verdict.answer()).isEqualTo(Answer.NO);
    assertThat(verdict.kind()).isEqualTo("TRUNCATE");
    assertThat(verdict.suspects().names())
        .containsExactlyInAnyOrder(new SqlName(null, "a"), new SqlName("app", "b"));
    assertThat(postgresql("TRUNCATE a CASCADE").suspects()).isEqualTo(Suspects.ALL);
    assertThat(postgresql("TRUNCATE pg_temp.a").suspects()).isEqualTo(Suspects.NONE);
    assertThat(postgresql("SELECT 1; TRUNCATE a; INSERT INTO a VALUES (1)").kind())
        .isEqualTo("TRUNCATE");
  }

  @Test
  void recognise_transactionWords_areControlButNoChange() {
    for (String sql : new String[] {"BEGIN", "commit and chain", "ROLLBACK", "END", "ABORT"}) {
      assertThat(postgresql(sql).transactionControl()).as(sql).isTrue();
      assertThat(postgresql(sql).answer()).as(sql).isEqualTo(Answer.NO);
    }
    assertThat(postgresql("ROLLBACK TO SAVEPOINT s").transactionControl()).isFalse();
    assertThat(DdlRecognizer.forDialect(Dialect.SQLITE).recognise("RELEASE s").transactionControl())
        .isTrue();
  }

  @Test
  void recognise_contextOfNames_isTold() {
    for (String sql : new String[] {
      "SET LOCAL search_path TO a",
      "SET SESSION AUTHORIZATION bob",
      "RESET ALL",
      "SELECT pg_catalog.set_config('search_path', '', false)"
    }) {
      assertThat(postgresql(sql).contextChange()).as(sql).isTrue();
    }
    assertThat(postgresql("SET statement_timeout = 5").contextChange()).isFalse();
  }

  @Test
  void recognise_temporaryTable_tellsWhichNameItHides() {
    DdlVerdict verdict = postgresql("CREATE TEMP TABLE t (a int)");

    assertThat(verdict.contextChange()).isTrue();
    assertThat(verdict.objects()).containsExactly(new SqlName(null, "t"));
    assertThat(verdict.suspects()).isEqualTo(Suspects.NONE);
  }

  private static DdlVerdict postgresql(String sql) {
    return DdlRecognizer.forDialect(Dialect.POSTGRESQL).recognise(sql);
  }
}
