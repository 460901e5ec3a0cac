package io.holdfast.schema;

import jdk.jfr.Category;
import jdk.jfr.Description;
import jdk.jfr.Enabled;
import jdk.jfr.Event;
import jdk.jfr.Label;
import jdk.jfr.Name;

@Name("io.holdfast.DdlHeard")
@Label("DDL Heard")
@Description(
    "A statement through the wrapper driver changes structure, or may do so; where it came from is in the stack")
@Category("Holdfast")
@Enabled(false)
final class DdlHeardEvent extends Event {

  @Label("Database")
  String database = "";

  @Label("Judgement")
  String judgement = "";

  /** Records it, if it is recorded at all. */
  static void record(DatabaseIdentity heardFor, WatchedDatabase.Event judged) {
    var event = new DdlHeardEvent();
    if (event.shouldCommit()) {
      event.database = heardFor.id();
      event.judgement = judged.name();
      event.commit();
    }
  }
}
