package io.holdfast.store;

import java.sql.SQLException;

/** What an open file needs from time to time, and how often. */
record FileUpkeep(
    ConnectionSource source,
    Writer writer,
    Readers readers,
    Checkpointer checkpointer,
    LeaseHeartbeat heartbeat,
    AccessFlush accesses,
    SharedChanges changes) {
  private static final long FLUSH_MILLIS = 1_000;
  private static final long UNPIN_MILLIS = 100;
  private static final long LOOK_MILLIS = 1_000;

  private void unpinIdle() {
    readers.unpinIdle();
    writer.unpinIdle();
  }

  private void attendToCopies(Pragmas.Proof attended) {
    try {
      attended.require();
    } catch (SQLException e) {
      throw new StoreException("read a copy of an entry", source.file(), e);
    }
  }

  void startOn(BackgroundWork background) {
    var spaceReturn = new SpaceReturn(writer, System::nanoTime);
    background.every(FLUSH_MILLIS, "write the access times", accesses::now);
    background.every(UNPIN_MILLIS, "let go of idle snapshots", this::unpinIdle);
    background.every(LOOK_MILLIS, "look at the log", () -> checkpointer.look(writer));
    background.every(LOOK_MILLIS, "return free pages", spaceReturn::run);
    background.every(UNPIN_MILLIS, "return free pages", spaceReturn::goOn);
    background.every(LeaseHeartbeat.BEAT_MILLIS, "renew leases", heartbeat::beat);
    background.restWhile(() -> heartbeat.isIdle()
        && spaceReturn.isIdle()
        && changes.isIdle()
        && readers.isIdle()
        && writer.isIdle());
    // Nobody looked at the file's name for up to a second; so whoever ends that looks.
    Pragmas.Proof attended = () -> {
      if (background.attend()) {
        source.requireInPlace();
      }
    };
    readers.requireAttention(attended);
    writer.requireAttention(attended);
    changes.watch().requireAttention(() -> attendToCopies(attended));
    heartbeat.wakeWith(background::attend);
    checkpointer.wakeWith(
        () -> background.soon("move pages from the log", checkpointer::moveAhead));
  }
}
