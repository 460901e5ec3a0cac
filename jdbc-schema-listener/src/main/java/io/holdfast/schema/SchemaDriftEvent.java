package io.holdfast.schema;

import java.util.List;
import jdk.jfr.Category;
import jdk.jfr.Description;
import jdk.jfr.Enabled;
import jdk.jfr.Event;
import jdk.jfr.Label;
import jdk.jfr.Name;
import jdk.jfr.StackTrace;
import jdk.jfr.Timestamp;

@Name("io.holdfast.SchemaDrift")
@Label("Schema Drift")
@Description("A table or view is not what it was, and the listeners are told")
@Category("Holdfast")
@Enabled(false)
@StackTrace(false)
final class SchemaDriftEvent extends Event {

  @Label("Database")
  String database = "";

  @Label("Table")
  String table = "";

  @Label("Origin")
  @Description("OWN_CONNECTION or OTHER_SESSION")
  String origin = "";

  @Label("Statement Kind")
  @Description("First word of the statement, empty if unknown")
  String statementKind = "";

  @Label("Changes")
  @Description("How many things differ")
  int changes;

  @Label("Observed At")
  @Timestamp(Timestamp.MILLISECONDS_SINCE_EPOCH)
  long observedAtMillis;

  /** Records them, if they are recorded at all. */
  static void record(List<SchemaDrift> published) {
    for (SchemaDrift drift : published) {
      var event = new SchemaDriftEvent();
      if (event.shouldCommit()) {
        String kind = drift.statementKind();
        event.database = drift.database().id();
        event.table = drift.table().toString();
        event.origin = drift.origin().name();
        event.statementKind = kind == null ? "" : kind;
        event.changes = drift.changes().size();
        event.observedAtMillis = drift.observedAtMillis();
        event.commit();
      }
    }
  }
}
