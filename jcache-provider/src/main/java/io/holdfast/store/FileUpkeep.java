package io.holdfast.store;

/** What an open file needs from time to time, and how often. */
record FileUpkeep(
    Writer writer,
    Readers readers,
    Checkpointer checkpointer,
    LeaseHeartbeat heartbeat,
    AccessFlush accesses) {
  private static final long FLUSH_MILLIS = 1_000;
  private static final long UNPIN_MILLIS = 100;
  private static final long LOOK_MILLIS = 1_000;

  private void unpinIdle() {
    readers.unpinIdle();
    writer.unpinIdle();
  }

  void startOn(BackgroundWork background) {
    var spaceReturn = new SpaceReturn(writer, System::nanoTime);
    background.every(FLUSH_MILLIS, "write the access times", accesses::now);
    background.every(UNPIN_MILLIS, "let go of idle snapshots", this::unpinIdle);
    background.every(LOOK_MILLIS, "look at the log", () -> checkpointer.look(writer));
    background.every(LOOK_MILLIS, "return free pages", spaceReturn::run);
    background.every(UNPIN_MILLIS, "return free pages", spaceReturn::goOn);
    background.every(LeaseHeartbeat.BEAT_MILLIS, "renew leases", heartbeat::beat);
    checkpointer.wakeWith(
        () -> background.soon("move pages from the log", checkpointer::moveAhead));
  }
}
