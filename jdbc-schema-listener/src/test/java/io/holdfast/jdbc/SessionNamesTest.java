package io.holdfast.jdbc;

import static org.assertj.core.api.Assertions.assertThat;

import io.holdfast.jdbc.ddl.DdlRecognizer;
import io.holdfast.schema.Dialect;
import io.holdfast.schema.SqlName;
import io.holdfast.schema.Suspects;
import io.holdfast.schema.TableName;
import io.holdfast.schema.TableStructure;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** Where names without a schema lead, after texts and calls that change it; T stands in three schemas. */
class SessionNamesTest {

  private final RecordingDatabase database = new RecordingDatabase(
      new ArrayList<>(),
      Map.of(
          new TableName("s1", "t"), table("s1"),
          new TableName("s2", "t"), table("s2"),
          new TableName("public", "t"), table("public")));

  private final SessionNames postgres = new SessionNames(true, null);

  @Test
  void unknownPath_leavesNamesAsTheyAre() {
    assertThat(leads(postgres)).containsExactly("t");
  }

  @Test
  void setOutsideATransaction_isBelieved() {
    say(postgres, "set search_path to s1, \"public\"", false);
    assertThat(leads(postgres)).containsExactlyInAnyOrder("s1.t", "public.t");
    say(postgres, "SET SCHEMA 's2';", false);
    assertThat(leads(postgres)).containsExactly("s2.t");
    say(postgres, "set local search_path = s1", false);
    assertThat(leads(postgres)).as("SET LOCAL does nothing here").containsExactly("s2.t");
  }

  @Test
  void valuesThatStandForSomethingElse_makeItUnknown() {
    for (String sql : List.of(
        "set search_path to \"$user\", public",
        "set search_path to default",
        "set search_path to s1; select 1",
        "select set_config('search_path', 's1', false)",
        "reset all",
        "set role someone",
        "discard all",
        "set search_path = pg_temp, public")) {
      say(postgres, "set search_path = s1", false);
      say(postgres, sql, false);
      assertThat(leads(postgres)).as(sql).containsExactly("t");
    }
  }

  @Test
  void rollback_takesTheChangeBack() {
    say(postgres, "set search_path = s1", false);
    say(postgres, "set search_path = s2", true);
    assertThat(leads(postgres)).containsExactly("s2.t");
    postgres.rolledBack();
    assertThat(leads(postgres)).containsExactly("s1.t");
  }

  @Test
  void commit_keepsTheChangeUnlessItIsLocal() {
    say(postgres, "set search_path = s1", true);
    postgres.committed();
    assertThat(leads(postgres)).containsExactly("s1.t");
    say(postgres, "set local search_path = s2", true);
    assertThat(leads(postgres)).containsExactly("s2.t");
    postgres.committed();
    assertThat(leads(postgres)).containsExactly("s1.t");
    say(postgres, "set search_path = s2", true);
    say(postgres, "set local search_path = public", true);
    postgres.committed();
    assertThat(leads(postgres)).containsExactly("s2.t");
  }

  @Test
  void rollbackToASavepoint_leavesThePathOpen() {
    say(postgres, "set search_path = s1", false);
    say(postgres, "set search_path = s2", true);
    postgres.rolledBackTo();
    assertThat(leads(postgres)).containsExactly("t");
    postgres.committed();
    assertThat(leads(postgres)).containsExactly("t");
    say(postgres, "set search_path = s2", true);
    postgres.rolledBackTo();
    postgres.rolledBack();
    assertThat(leads(postgres)).as("as before the transaction").containsExactly("t");
  }

  @Test
  void endedSomehow_isUnknown() {
    say(postgres, "set search_path = s1", true);
    postgres.endedSomehow();
    assertThat(leads(postgres)).containsExactly("t");
  }

  @Test
  void failing_changesNothingUnlessSeveralStatementsRan() {
    say(postgres, "set search_path = s1", false);
    postgres.failedToChange(naming("set search_path = s2", Dialect.POSTGRESQL));
    assertThat(leads(postgres)).containsExactly("s1.t");
    postgres.failedToChange(naming("set search_path = s2; bad", Dialect.POSTGRESQL));
    assertThat(leads(postgres)).containsExactly("t");
  }

  @Test
  void whereRollbackKeepsIt_itStays() {
    var h2 = new SessionNames(false, List.of("public"));
    assertThat(leads(h2)).containsExactly("public.t");
    h2.changed(naming("set schema S1", Dialect.H2), true);
    h2.rolledBack();
    assertThat(leads(h2)).containsExactlyInAnyOrder("S1.t");
    h2.changed(naming("set schema_search_path s1", Dialect.H2), false);
    assertThat(leads(h2)).containsExactly("t");
    var mariadb = new SessionNames(false, null);
    mariadb.changed(naming("use `s2`", Dialect.MARIADB), false);
    assertThat(leads(mariadb)).containsExactly("s2.t");
  }

  @Test
  void namesThatLeadToNoKnownTable_stayOpen() {
    say(postgres, "set search_path = s1", false);
    assertThat(texts(postgres.qualified(suspects(null, "an_index"), database)))
        .containsExactly("an_index");
    assertThat(texts(postgres.qualified(suspects("s2", "t"), database))).containsExactly("s2.t");
    var renamed = Suspects.of(Set.of(new SqlName("s2", "u"), new SqlName(null, "t")));
    assertThat(texts(postgres.qualified(renamed, database)))
        .as("the new name of a table in s2")
        .containsExactlyInAnyOrder("s2.u", "t");
  }

  @Test
  void temporaryTable_hidesThePermanentOnes() {
    assertThat(postgres.hides(new TableName("s1", "t"))).isFalse();
    say(postgres, "create temp table T (i int)", true);
    postgres.rolledBack();
    assertThat(postgres.hides(new TableName("s1", "t"))).isTrue();
    assertThat(postgres.hides(new TableName("s1", "u"))).isFalse();
    assertThat(postgres.isChangedInTransaction()).isFalse();
    for (int i = 0; i < 600; i++) {
      say(postgres, "create temporary table x" + i + " (i int)", false);
    }
    assertThat(postgres.hides(new TableName("s1", "u"))).as("too many to tell").isTrue();
  }

  private List<String> leads(SessionNames names) {
    return texts(names.qualified(suspects(null, "t"), database));
  }

  private static Suspects suspects(String schema, String name) {
    return Suspects.of(Set.of(new SqlName(schema, name)));
  }

  private static List<String> texts(Suspects suspects) {
    return suspects.names().stream().map(SqlName::toString).toList();
  }

  private static void say(SessionNames names, String sql, boolean inTransaction) {
    names.changed(naming(sql, Dialect.POSTGRESQL), inTransaction);
  }

  private static NamingChange naming(String sql, Dialect dialect) {
    NamingChange change = Judgement.of(
            DdlRecognizer.forDialect(dialect).recognise(sql), sql, dialect, /* mayHideDdl= */ false)
        .naming();
    assertThat(change.isNone()).as(sql).isFalse();
    return change;
  }

  private static TableStructure table(String schema) {
    return new TableStructure(
        new TableName(schema, "t"),
        TableStructure.Kind.TABLE,
        List.of(),
        List.of(),
        null,
        List.of(),
        List.of(),
        List.of(),
        List.of(),
        null,
        List.of(),
        null);
  }
}
