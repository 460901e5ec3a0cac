package io.holdfast.store;

import io.holdfast.store.Change.Expectation;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/**
 * Writes into a cache file until it is killed, and prints what was acknowledged, one line each:
 * {@code P key version}, {@code D key}, {@code C} for clear, {@code E key} for evicted. A line that
 * begins with {@code >} announces what is about to be tried.
 */
final class WritingProcess {
  static final int KEYS = 400;

  private WritingProcess() {}

  /** Arguments: the file, a seed, the greatest number of entries. */
  public static void main(String[] arguments) {
    Random random = new Random(Long.parseLong(arguments[1]));
    long maxEntries = Long.parseLong(arguments[2]);
    PrintStream out =
        new PrintStream(new java.io.FileOutputStream(java.io.FileDescriptor.out), false);
    CacheFile file =
        CacheFile.open(StoreSettings.of(Path.of(arguments[0])), System::currentTimeMillis);
    EntryTable table = file.openTable(StoreFixture.definition(maxEntries, Long.MAX_VALUE));
    while (true) {
      int kind = random.nextInt(1000);
      if (kind == 0) {
        print(out, List.of("> C"));
        table.clear();
        print(out, List.of("C"));
      } else if (kind < 10) {
        file.checkpoint();
      } else {
        apply(table, changes(table, random, kind < 100 ? 50 : 1), out);
      }
    }
  }

  private static List<Change> changes(EntryTable table, Random random, int count) {
    var changes = new ArrayList<Change>();
    for (int i = 0; i < count; i++) {
      StoredKey key = StoreFixture.key("key " + random.nextInt(KEYS));
      if (random.nextInt(5) == 0) {
        changes.add(new Change.Delete(key, Expectation.ANY));
      } else {
        long version = table.nextVersion();
        Cell value =
            new Cell.Text("value of version " + version + "x".repeat(random.nextInt(3000)));
        changes.add(new Change.Put(
            key, value, version, System.currentTimeMillis(), StoredEntry.NEVER, Expectation.ANY));
      }
    }
    return changes;
  }

  private static void apply(EntryTable table, List<Change> changes, PrintStream out) {
    List<String> lines = changes.stream().map(WritingProcess::line).toList();
    print(out, lines.stream().map(line -> "> " + line).toList());
    EntryTable.Outcome outcome = table.apply(changes);
    List<String> acknowledged = new ArrayList<>(lines);
    for (StoredEntry evicted : outcome.evicted()) {
      acknowledged.add("E " + ((Cell.Text) evicted.key()).value().substring(4));
    }
    print(out, acknowledged);
  }

  private static String line(Change change) {
    String key = ((Cell.Text) change.key().column()).value().substring(4);
    return change instanceof Change.Put put ? "P " + key + " " + put.version() : "D " + key;
  }

  // One write a group, ended by a dot: a group that was cut by the kill is told from a whole one.
  private static void print(PrintStream out, List<String> lines) {
    out.print(String.join("\n", lines) + "\n.\n");
    out.flush();
  }
}
