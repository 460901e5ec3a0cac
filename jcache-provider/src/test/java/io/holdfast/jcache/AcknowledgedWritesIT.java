package io.holdfast.jcache;

import static org.assertj.core.api.Assertions.assertThat;

import io.holdfast.store.CacheFile;
import io.holdfast.store.Durability;
import io.holdfast.store.KilledProcess;
import io.holdfast.store.WriteLedger;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import javax.cache.Cache;
import javax.cache.CacheManager;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Kills a JVM that writes through the JCache API from several threads, again and again on the same file:
 * whatever an operation had returned from is there, and the operation under way is there for each of its
 * keys or is not; with relaxed durability a {@code put} may be missing that was within the bound.
 *
 * <p>{@code -Pkills} kills often, as does {@code -Dholdfast.kills=N}.
 */
final class AcknowledgedWritesIT {
  private static final int KILLS = Integer.getInteger("holdfast.kills", 1);
  private static final long NUMBERS_PER_RUN = 100_000_000;

  @TempDir
  Path directory;

  @ParameterizedTest
  @EnumSource(Durability.class)
  void reopen_afterKills_findsWhatWasAcknowledged(Durability durability) throws Exception {
    long seed = Long.getLong("holdfast.killSeed", System.nanoTime());
    Random random = new Random(seed);
    var ledger = new WriteLedger(
        durability == Durability.RELAXED
            ? TimeUnit.MILLISECONDS.toNanos(CacheWritingProcess.RELAXED_DELAY_MILLIS)
            : 0);
    long cutWrites = 0;
    for (int kill = 0; kill < KILLS; kill++) {
      KilledProcess.run(
          CacheWritingProcess.class,
          random.nextInt(1_500),
          ledger,
          file().toString(),
          String.valueOf(random.nextLong()),
          durability.name(),
          String.valueOf(kill * NUMBERS_PER_RUN));
      cutWrites += ledger.underWay();
      String when = durability + ", kill " + kill + ", -Dholdfast.killSeed=" + seed;
      try (CacheFile raw = CacheFile.openExisting(file())) {
        assertThat(raw.check()).as(when).isEmpty();
      }
      ledger.assertAllows(read(when), /* mostEvicted= */ 0, when);
    }
    System.out.println(durability + " through JCache: " + KILLS + " kills, " + ledger.acknowledged()
        + " writes acknowledged, " + cutWrites + " cut");
    assertThat(ledger.acknowledged()).isGreaterThanOrEqualTo(KILLS * KilledProcess.LEAST_WRITES);
  }

  private Path file() {
    return directory.resolve("cache.db");
  }

  private Map<String, String> read(String when) {
    try (CacheManager manager = CacheWritingProcess.manager(file(), Durability.NORMAL)) {
      for (Cache.Entry<String, String> entry : CacheWritingProcess.openShortLived(manager)) {
        String[] parts = entry.getValue().split("/", 2);
        assertThat(String.valueOf(parts[0].hashCode())).as(when).isEqualTo(parts[1]);
      }
      Map<String, String> found = new HashMap<>();
      for (Cache.Entry<String, Long> entry : CacheWritingProcess.openNumbers(manager)) {
        found.put(entry.getKey(), String.valueOf(entry.getValue()));
      }
      return found;
    }
  }
}
