package io.holdfast.store;

import io.holdfast.store.WriteLog.Kind;
import java.nio.file.Path;
import java.util.List;

/**
 * Writes single entries until the system refuses to make a file larger, at a COMMIT; then makes room in the
 * log and goes on until that has happened several times.
 */
final class FullDiskProcess {
  static final int KEYS = 20;
  static final int FAILURES = 3;

  private FullDiskProcess() {}

  /** Argument: the file. */
  public static void main(String[] arguments) {
    WriteLog log = new WriteLog();
    try (CacheFile file =
        CacheFile.open(StoreSettings.of(Path.of(arguments[0])), System::currentTimeMillis)) {
      EntryTable table = file.openTable(StoreFixture.definition(Long.MAX_VALUE, Long.MAX_VALUE));
      int failures = 0;
      for (int i = 0; failures < FAILURES; i++) {
        Change.Put put = new Change.Put(
            StoreFixture.key("k" + i % KEYS),
            new Cell.Text("x".repeat(10_000)),
            table.nextVersion(),
            System.currentTimeMillis(),
            StoredEntry.NEVER,
            Change.Expectation.ANY);
        log.announce(failures, Kind.ATOMIC, List.of("k" + i % KEYS + "=" + put.version()));
        try {
          boolean applied = table.apply(List.of(put)).applied();
          log.acknowledge(failures, applied, System.nanoTime());
        } catch (OutcomeUnknownException unknown) {
          // Its announcement stays open, as it does for a write that is cut by a kill.
          log.unknown(failures);
          failures++;
          file.checkpoint();
        }
      }
    } catch (RuntimeException e) {
      log.failed(e);
    }
  }
}
