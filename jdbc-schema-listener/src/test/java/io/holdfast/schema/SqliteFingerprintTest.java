package io.holdfast.schema;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is in SQLite's hashes, edit by edit, and what is not. */
class SqliteFingerprintTest {

  @TempDir
  Path directory;

  private Path file = Path.of("");
  private FingerprintCases db = new FingerprintCases("");

  @BeforeEach
  void newDatabase() {
    file = directory.resolve("one.db");
    db = new FingerprintCases("jdbc:sqlite:" + file);
  }

  private void recreated(String before, String after, String... expected) throws SQLException {
    db.execute("DROP TABLE IF EXISTS t", before);
    db.edit("DROP TABLE t;; " + after, expected);
  }

  @Test
  void tables_eachClause_isInTheHash() throws SQLException {
    recreated("CREATE TABLE t (a INT)", "CREATE TABLE t (a TEXT)", "t: column a type changed");
    recreated(
        "CREATE TABLE t (a INT(10))", "CREATE TABLE t (a INT(11))", "t: column a type changed");
    recreated(
        "CREATE TABLE t (a)", "CREATE TABLE t (a NOT NULL)", "t: column a nullability changed");
    recreated(
        "CREATE TABLE t (a DEFAULT 1)",
        "CREATE TABLE t (a DEFAULT '1')",
        "t: column a default changed");
    recreated(
        "CREATE TABLE t (a DEFAULT x'01')",
        "CREATE TABLE t (a DEFAULT x'02')",
        "t: column a default changed");
    recreated(
        "CREATE TABLE t (a TEXT)",
        "CREATE TABLE t (a TEXT COLLATE NOCASE)",
        "t: column a collation changed");
    recreated(
        "CREATE TABLE t (a, b AS (a + 1))",
        "CREATE TABLE t (a, b AS (a + 2))",
        "t: column b generation changed");
    recreated(
        "CREATE TABLE t (a, b AS (a))",
        "CREATE TABLE t (a, b AS (a) STORED)",
        "t: column b generation changed");
    recreated(
        "CREATE TABLE t (a INTEGER PRIMARY KEY)",
        "CREATE TABLE t (a INTEGER PRIMARY KEY AUTOINCREMENT)",
        "t: clause a added");
    recreated(
        "CREATE TABLE t (a, b, PRIMARY KEY (a, b))",
        "CREATE TABLE t (a, b, PRIMARY KEY (b, a))",
        "t: primary key changed");
    recreated(
        "CREATE TABLE t (a PRIMARY KEY)",
        "CREATE TABLE t (a PRIMARY KEY) WITHOUT ROWID",
        "t: column a nullability changed",
        "t: option without rowid added");
    recreated("CREATE TABLE t (a INT)", "CREATE TABLE t (a INT) STRICT", "t: option strict added");
    recreated(
        "CREATE TABLE t (a UNIQUE)",
        "CREATE TABLE t (a UNIQUE ON CONFLICT IGNORE)",
        "t: clause a added");
    recreated(
        "CREATE TABLE t (a, b, UNIQUE (a))",
        "CREATE TABLE t (a, b, UNIQUE (a, b))",
        "t: unique (a) dropped",
        "t: unique (a, b) added");
    recreated(
        "CREATE TABLE t (a, CONSTRAINT c CHECK (a > 1))",
        "CREATE TABLE t (a, CONSTRAINT c CHECK (a > 2))",
        "t: check c changed");
    recreated(
        "CREATE TABLE t (\"a b\", c, CONSTRAINT c CHECK (\"a b\" > c))",
        "CREATE TABLE t (\"a b\", c, CONSTRAINT c CHECK (c > \"a b\"))",
        "t: check c changed");
    recreated(
        "CREATE TABLE t (a, CONSTRAINT f FOREIGN KEY (a) REFERENCES p)",
        "CREATE TABLE t (a, CONSTRAINT f FOREIGN KEY (a) REFERENCES p ON DELETE CASCADE)",
        "t: foreign key f changed");
    recreated(
        "CREATE TABLE t (a, CONSTRAINT f FOREIGN KEY (a) REFERENCES p)",
        "CREATE TABLE t (a, CONSTRAINT f FOREIGN KEY (a) REFERENCES p DEFERRABLE INITIALLY DEFERRED)",
        "t: foreign key f changed");
  }

  @Test
  void waysOfWriting_areInNoHash() throws SQLException {
    recreated(
        "CREATE TABLE t (a INTEGER NOT NULL DEFAULT (1), \"b\" varchar ( 20 ), CHECK (a>1))",
        "create table if not exists main.[t] ( -- comment\n `a` integer not null default(1) ,\nb VARCHAR(20) /* x */, check(a > 1))");
    recreated(
        "CREATE TABLE t (a DEFAULT NULL, b BLOB DEFAULT X'0A')",
        "CREATE TABLE t (a NULL, b BLOB DEFAULT x'0a')");
    db.execute(
        "CREATE TABLE s (a, b)",
        "CREATE INDEX i ON s (a) WHERE b > 1",
        "CREATE VIEW v AS SELECT a FROM s",
        "CREATE TRIGGER g AFTER INSERT ON s BEGIN SELECT 1; END");
    db.edit("DROP INDEX i;; create index if not exists \"i\" on [s] ( `a` ) where b>1");
    db.edit("DROP VIEW v;; create view v as\nselect \"a\" from s /* comment */");
    db.edit("INSERT INTO s VALUES (1, 2);; ANALYZE;; REINDEX;; PRAGMA user_version = 3");
    db.edit("VACUUM");
  }

  @Test
  void indexesViewsTriggers_eachClause_isTold() throws SQLException {
    db.execute(
        "CREATE TABLE t (a, b)",
        "CREATE INDEX i ON t (a)",
        "CREATE VIEW v AS SELECT a FROM t",
        "CREATE TRIGGER g AFTER INSERT ON t BEGIN SELECT 1; END");
    for (String index : new String[] {
      "t (a DESC)",
      "t (a COLLATE NOCASE)",
      "t (lower(a))",
      "t (a, b)",
      "t (a) WHERE b > 1",
      "t (a) WHERE b > 2"
    }) {
      db.edit("DROP INDEX i;; CREATE INDEX i ON " + index, "t: index i changed");
    }
    db.edit("DROP INDEX i;; CREATE UNIQUE INDEX i ON t (a) WHERE b > 2", "t: index i changed");
    db.edit("DROP INDEX i;; CREATE UNIQUE INDEX j ON t (a) WHERE b > 2", "t: index i renamed to j");
    db.edit("DROP VIEW v;; CREATE VIEW v AS SELECT a FROM t WHERE b > 1", "v: definition changed");
    db.edit(
        "DROP TRIGGER g;; CREATE TRIGGER g AFTER INSERT ON t BEGIN SELECT 2; END",
        "t: trigger g changed");
    db.edit("ALTER TABLE t ADD COLUMN c", "t: column c added");
  }

  @Test
  void everything_dumpedAndRestored_isTheSame() throws Exception {
    var model = new ModelSchema(new SqliteStructurePropertyTest().grammar(), new Random(7));
    db.execute(model.statements(new Random(7)).toArray(String[]::new));
    db.execute(
        "CREATE TABLE extra (a INTEGER PRIMARY KEY AUTOINCREMENT, b INT AS (a + 1) STORED, "
            + "c INT UNIQUE, FOREIGN KEY (c) REFERENCES extra (a), CHECK (c > 1)) STRICT",
        "CREATE VIEW v AS SELECT * FROM extra",
        "CREATE VIRTUAL TABLE f USING fts5(x)",
        "CREATE TRIGGER g AFTER INSERT ON extra BEGIN SELECT 1; END");
    Path restored = directory.resolve("restored.db");
    shell(restored, shell(file, ".dump"));
    var copy = new FingerprintCases("jdbc:sqlite:" + restored);
    assertThat(FingerprintCases.outlines(db.snapshot(), copy.snapshot())).isEmpty();
    assertThat(copy.snapshot().fingerprint()).isEqualTo(db.snapshot().fingerprint());
  }

  /** Runs SQLite's own shell, where there is one. */
  private String shell(Path database, String input) throws IOException, InterruptedException {
    Path out = Files.createTempFile(directory, "shell", ".sql");
    Path in = Files.writeString(Files.createTempFile(directory, "shell", ".in"), input);
    Process process;
    try {
      process = new ProcessBuilder("sqlite3", database.toString())
          .redirectInput(in.toFile())
          .redirectOutput(out.toFile())
          .redirectError(ProcessBuilder.Redirect.INHERIT)
          .start();
    } catch (IOException e) {
      assumeTrue(false, "there is no sqlite3 here");
      throw e;
    }
    assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
    assertThat(process.exitValue()).isZero();
    return Files.readString(out);
  }

  @Test
  void incarnation_sameStructureOtherData_changes() throws SQLException {
    db.execute("CREATE TABLE t (a)");
    String first = db.incarnation("t");
    db.execute("INSERT INTO t VALUES (1)");
    assertThat(db.incarnation("t")).isEqualTo(first);
    db.execute("DROP TABLE t", "CREATE TABLE t (a)");
    String recreated = db.incarnation("t");
    assertThat(recreated).isNotEqualTo(first);
    db.execute("CREATE TABLE s (a)", "ALTER TABLE t RENAME TO old", "ALTER TABLE s RENAME TO t");
    assertThat(db.incarnation("t")).isNotEqualTo(recreated);
  }

  @Test
  void watch_renamedWithOtherChanges_isRenamedOnlyIfItMustBe() throws Exception {
    try (var watched = WatchFixture.of(
        "jdbc:sqlite:" + file,
        "CREATE TABLE a (x, y, z)",
        "CREATE TABLE b (x)",
        "CREATE TABLE c (x)")) {
      watched.execute("ALTER TABLE a RENAME TO aa");
      watched.execute("ALTER TABLE aa RENAME COLUMN x TO xx");
      watched.database().validate();
      assertThat(WatchFixture.summaries(watched.heard()))
          .containsExactly(
              "main.a: table renamed from main.a to main.aa",
              "main.aa: table renamed from main.a to main.aa, column x renamed to xx",
              // Two statements can also have dropped and created the latest table.
              "main.c: table replaced or truncated");
      watched.execute("ALTER TABLE c ADD COLUMN y");
      watched.execute("ALTER TABLE c DROP COLUMN x");
      watched.database().validate();
      assertThat(WatchFixture.summaries(watched.heard()))
          .containsExactly("main.c: column x dropped, column y added (any)");
    }
  }
}
