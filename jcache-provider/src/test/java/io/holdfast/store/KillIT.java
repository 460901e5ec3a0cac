package io.holdfast.store;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * What several threads acknowledged before SIGKILL is there afterwards, whatever they were doing: single
 * puts and deletes, conditional ones, batches, clears, evictions, sweeps of expired entries, checkpoints,
 * writing of access times. A write that was under way is there as a whole or not at all.
 *
 * <p>{@code -Pkills} kills 240 times, {@code -Dholdfast.kills=N} N times for each durability; {@code
 * -Dholdfast.killSeed} repeats the choices of a run, though not its timing.
 */
final class KillIT {
  private static final int KILLS = Integer.getInteger("holdfast.kills", 2);

  @TempDir
  Path directory;

  @ParameterizedTest
  @EnumSource(Durability.class)
  void open_afterKills_hasWhatWasAcknowledged(Durability durability) throws Exception {
    long seed = Long.getLong("holdfast.killSeed", System.nanoTime());
    Random random = new Random(seed);
    boolean isRelaxed = durability == Durability.RELAXED;
    var ledger = new WriteLedger(
        isRelaxed ? TimeUnit.MILLISECONDS.toNanos(WritingProcess.RELAXED.maxDelayMillis()) : 0);
    long cutWrites = 0;
    for (int kill = 0; kill < KILLS; kill++) {
      boolean isLimited = kill % 3 == 1;
      KilledProcess.run(
          WritingProcess.class,
          random.nextInt(1_300),
          ledger,
          StoreFixture.fileIn(directory).toString(),
          String.valueOf(random.nextLong()),
          String.valueOf(isLimited ? WritingProcess.KEYS / 2 : Long.MAX_VALUE),
          durability.name());
      String when = durability + ", kill " + kill + ", -Dholdfast.killSeed=" + seed;
      cutWrites += ledger.underWay();
      // In the background a chunk of any size may have been on its way.
      int mostEvicted = !isLimited
          ? 0
          : isRelaxed
              ? WritingProcess.KEYS
              : (ledger.underWay() + 1)
                  * (WritingProcess.MOST_CHANGES + WritingProcess.KEYS / 2 / 50);
      ledger.assertAllows(read(when), mostEvicted, when);
    }
    System.out.println(durability + ": " + KILLS + " kills, " + ledger.acknowledged()
        + " writes acknowledged, " + cutWrites + " cut");
    assertThat(ledger.acknowledged())
        .as("acknowledged writes")
        .isGreaterThanOrEqualTo(KILLS * KilledProcess.LEAST_WRITES);
  }

  private Map<String, String> read(String when) {
    try (CacheFile file = CacheFile.openExisting(StoreFixture.fileIn(directory))) {
      assertThat(file.check()).as(when).isEmpty();
      EntryTable table = file.findTable("things");
      assertThat(table).as(when).isNotNull();
      Map<String, String> found = new HashMap<>();
      for (StoredEntry entry : table.page(Long.MIN_VALUE, Integer.MAX_VALUE)) {
        String key = ((Cell.Text) entry.key()).value();
        assertThat(WritingProcess.isWhole(entry))
            .as(when + ", checksum of " + key)
            .isTrue();
        assertThat(table.find(StoreFixture.key(key)).version()).isEqualTo(entry.version());
        found.put(key, String.valueOf(entry.version()));
      }
      return found;
    }
  }
}
