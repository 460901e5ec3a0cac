package io.holdfast.store;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.holdfast.store.Change.Expectation;
import io.holdfast.store.WriteLog.Kind;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.zip.CRC32;

/** Writes into a cache file from several threads until it is killed; each has keys of its own. */
final class WritingProcess {
  static final int KEYS = 400;
  static final int MOST_CHANGES = 50;
  static final RelaxedBounds RELAXED = new RelaxedBounds(50, 100);

  private static final int WRITERS = 3;

  private final LoggedWrites writes = new LoggedWrites();
  private final CacheFile file;
  private final EntryTable table;

  private WritingProcess(CacheFile file, EntryTable table) {
    this.file = file;
    this.table = table;
  }

  /** Arguments: the file, a seed, the greatest number of entries, the durability. */
  public static void main(String[] arguments) {
    long seed = Long.parseLong(arguments[1]);
    CacheFile file = CacheFile.open(
        StoreSettings.of(Path.of(arguments[0])).with(Durability.valueOf(arguments[3]), RELAXED),
        System::currentTimeMillis);
    EntryTable table =
        file.openTable(StoreFixture.definition(Long.parseLong(arguments[2]), Long.MAX_VALUE));
    var process = new WritingProcess(file, table);
    table.onEvictionInBackground(process::sayGone);
    // A lower limit than last time evicts many at once: before anybody can kill us.
    Random first = new Random(seed - 1);
    process.apply(0, Kind.RELAXED, List.of(process.put(key(0, first), first, Expectation.ANY)));
    for (int writer = 0; writer < WRITERS; writer++) {
      int number = writer;
      Random random = new Random(seed + writer);
      process.writes.repeat(() -> process.write(number, random));
    }
    process.writes.repeat(process::sweep);
  }

  private void write(int writer, Random random) {
    int kind = random.nextInt(10_000);
    if (kind < 3) {
      writes.clear(writer, table::clear);
    } else if (kind < 8) {
      file.checkpoint();
    } else if (kind < 500) {
      List<Change> changes = new ArrayList<>();
      for (int i = 2 + random.nextInt(MOST_CHANGES - 1); i > 0; i--) {
        changes.add(change(writer, random, Expectation.ANY));
      }
      apply(writer, Kind.ATOMIC, changes);
    } else if (kind < 1_500) {
      putIfUnchanged(writer, random);
    } else {
      apply(writer, Kind.RELAXED, List.of(change(writer, random, Expectation.ANY)));
    }
  }

  private void putIfUnchanged(int writer, Random random) {
    StoredKey key = key(writer, random);
    StoredEntry found = table.find(key);
    if (found != null) {
      table.recordAccess(found.rowId(), System.currentTimeMillis());
    }
    apply(
        writer,
        Kind.ATOMIC,
        List.of(put(
            key,
            random,
            found == null ? Expectation.ABSENT : Expectation.version(found.version()))));
  }

  private void apply(int writer, Kind kind, List<Change> changes) {
    List<String> states = changes.stream().map(WritingProcess::state).toList();
    writes.write(writer, kind, states, () -> applied(changes));
  }

  private boolean applied(List<Change> changes) {
    EntryTable.Outcome outcome = table.apply(changes);
    sayGone(outcome.evicted());
    return outcome.applied();
  }

  private void sweep() throws InterruptedException {
    // Looking writes out what waits: not all the time.
    TimeUnit.MILLISECONDS.sleep(200);
    for (StoredEntry expired : table.expired(System.currentTimeMillis(), null, 20)) {
      var delete = new Change.Delete(
          new StoredKey.Canonical(expired.key()), Expectation.version(expired.version()));
      writes.sweep(state(expired), () -> applied(List.of(delete)));
    }
  }

  private void sayGone(List<StoredEntry> entries) {
    entries.forEach(entry -> writes.gone(state(entry)));
  }

  private Change change(int writer, Random random, Expectation expectation) {
    StoredKey key = key(writer, random);
    return random.nextInt(5) == 0
        ? new Change.Delete(key, expectation)
        : put(key, random, expectation);
  }

  private Change.Put put(StoredKey key, Random random, Expectation expectation) {
    long version = table.nextVersion();
    long nowMillis = System.currentTimeMillis();
    long expiresAtMillis =
        random.nextInt(5) == 0 ? nowMillis + random.nextInt(100) : StoredEntry.NEVER;
    Cell value = new Cell.Text(sealed(version + " " + "x".repeat(random.nextInt(3_000))));
    return new Change.Put(key, value, version, nowMillis, expiresAtMillis, expectation);
  }

  private static StoredKey key(int writer, Random random) {
    return StoreFixture.key("k" + (random.nextInt(KEYS / WRITERS) * WRITERS + writer));
  }

  private static String state(Change change) {
    String key = ((Cell.Text) change.key().column()).value();
    return key + "=" + (change instanceof Change.Put put ? put.version() : WriteLedger.ABSENT);
  }

  private static String state(StoredEntry entry) {
    return ((Cell.Text) entry.key()).value() + "=" + entry.version();
  }

  private static String sealed(String text) {
    return text + " " + checksum(text);
  }

  private static long checksum(String text) {
    CRC32 checksum = new CRC32();
    checksum.update(text.getBytes(UTF_8));
    return checksum.getValue();
  }

  /** Whether the value is one that was written, with the version it was written with. */
  static boolean isWhole(StoredEntry entry) {
    String value = ((Cell.Text) entry.value()).value();
    int seal = value.lastIndexOf(' ');
    return value.startsWith(entry.version() + " ")
        && Long.parseLong(value.substring(seal + 1)) == checksum(value.substring(0, seal));
  }
}
