package io.holdfast.jmx;

import io.holdfast.schema.SchemaDrift;
import io.holdfast.schema.SchemaDriftListener;

/** Sends a notification per drift; the statement that changed the table does not wait for it. */
record DriftNotifier(Notifier notifier) implements SchemaDriftListener {

  /** The type of the notifications. */
  static final String TYPE = "io.holdfast.schema.drift";

  DriftNotifier(String databaseId) {
    this(Notifier.of(
        databaseId,
        Notifier.Audience.IGNORED,
        Notifier.kind(
            "A table or view is not what it was: message is one line, user data the record",
            TYPE)));
  }

  @Override
  public void drifted(SchemaDrift drift) {
    notifier.send(
        TYPE, drift.observedAtMillis(), drift.summary(), RecentDrift.of(drift).toUserData());
  }
}
