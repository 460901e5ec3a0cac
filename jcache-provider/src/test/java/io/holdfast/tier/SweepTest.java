package io.holdfast.tier;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;
import static org.ehcache.config.builders.ExpiryPolicyBuilder.timeToLiveExpiration;

import io.holdfast.codec.Codec;
import io.holdfast.codec.Codecs;
import io.holdfast.store.CacheDefinition;
import io.holdfast.store.CacheFile;
import io.holdfast.store.Cell;
import io.holdfast.store.Change;
import io.holdfast.store.StoreSettings;
import io.holdfast.store.StoredEntry;
import io.holdfast.store.StoredKey;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Supplier;
import org.ehcache.config.builders.ResourcePoolsBuilder;
import org.ehcache.config.units.EntryUnit;
import org.ehcache.core.store.StoreConfigurationImpl;
import org.ehcache.spi.resilience.StoreAccessException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Expired rows are buried many to a transaction, and what is not dead stays alive. */
@Timeout(value = 60, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
final class SweepTest {
  private static final int ROWS = 200;
  private static final long LIFE_MILLIS = 60_000;

  @TempDir
  Path directory;

  private final AtomicLong nowMillis = new AtomicLong(1_000_000);
  private final List<String> events = Collections.synchronizedList(new ArrayList<>());
  private CacheFile file;
  private UncertainTable table;
  private SqliteTier<String, String> tier;

  @BeforeEach
  void open() throws Exception {
    file = CacheFile.open(StoreSettings.of(directory.resolve("cache.db")), nowMillis::get);
    table = new UncertainTable(file.openTable(
        new CacheDefinition("cache", "text", "text", Long.MAX_VALUE, Long.MAX_VALUE)));
    Codec<String> codec = Codecs.standard().forType(String.class);
    tier = new SqliteTier<>(
        new StoreConfigurationImpl<>(
            String.class,
            String.class,
            null,
            getClass().getClassLoader(),
            timeToLiveExpiration(Duration.ofMillis(LIFE_MILLIS)),
            ResourcePoolsBuilder.newResourcePoolsBuilder()
                .with(SqliteResource.SQLITE, 1_000, EntryUnit.ENTRIES, true)
                .build(),
            4,
            null,
            null),
        TierConfiguration.of(codec, codec),
        table,
        file.path(),
        nowMillis::get,
        Runnable::run,
        null,
        null);
    for (int i = 0; i < ROWS; i++) {
      tier.put("key " + i, "value");
    }
    tier.getStoreEventSource()
        .addEventListener(event -> events.add(event.getType() + " " + event.getKey()));
    nowMillis.addAndGet(LIFE_MILLIS);
  }

  @AfterEach
  void close() {
    file.close();
  }

  /** A sweep stops when its time is up, and the next one goes on. */
  private int sweepAll() {
    int swept = 0;
    for (int some = 1; some > 0; swept += some) {
      some = tier.sweep();
    }
    return swept;
  }

  @Test
  void sweep_manyAreExpired_commitsFewTimesAndFiresForEach() {
    long commitsBefore = file.statistics().commits();

    assertThat(sweepAll()).isEqualTo(ROWS);

    assertThat(file.statistics().commits() - commitsBefore).isLessThanOrEqualTo(ROWS / 50);
    assertThat(events)
        .hasSize(ROWS)
        .doesNotHaveDuplicates()
        .allMatch(event -> event.startsWith("EXPIRED key "));
    assertThat(tier.statistics().entries()).isZero();
    assertThat(tier.statistics().expirations()).isEqualTo(ROWS);
  }

  @Test
  void sweep_anotherProcessReplacesARow_leavesThatOneAliveAndBuriesTheOthers() throws Exception {
    table.letAnotherDo(new Change.Put(
        new StoredKey.Canonical(new Cell.Text("key 7")),
        new Cell.Text("theirs"),
        table.nextVersion(),
        nowMillis.get(),
        StoredEntry.NEVER,
        Change.Expectation.ANY));

    assertThat(sweepAll()).isEqualTo(ROWS - 1);

    assertThat(tier.get("key 7").get()).isEqualTo("theirs");
    assertThat(events).hasSize(ROWS - 1).doesNotContain("EXPIRED key 7");
  }

  @Test
  void sweep_somebodyWorksOnAKey_waitsForNobodyAndBuriesTheOthers() throws Exception {
    var working = new CountDownLatch(1);
    var mayEnd = new CountDownLatch(1);
    Thread slow = new Thread(() -> compute("key 7", () -> {
      working.countDown();
      await(mayEnd);
      return null; // stays absent
    }));
    slow.start();
    await(working);
    try {
      long besideKey7 = 0;
      for (int i = 0; i < ROWS; i++) {
        besideKey7 += KeyStripes.stripeOf("key " + i) == KeyStripes.stripeOf("key 7") ? 1 : 0;
      }
      assertThat(sweepAll()).isEqualTo(ROWS - (int) besideKey7);
      assertThat(tier.statistics().entries()).isEqualTo(besideKey7);
    } finally {
      mayEnd.countDown();
      slow.join();
    }
    sweepAll();
    assertThat(tier.statistics().entries()).isZero();
    assertThat(events).hasSize(ROWS).doesNotHaveDuplicates();
  }

  @Test
  void sweep_theFileCannotBeWritten_changesNothingAndFiresNothing() {
    table.failBeforeCommit(1);

    assertThat(catchThrowable(tier::sweep)).isNotNull();

    assertThat(events).isEmpty();
    assertThat(tier.statistics().entries()).isEqualTo(ROWS);
    assertThat(sweepAll()).isEqualTo(ROWS);
    assertThat(events).hasSize(ROWS).doesNotHaveDuplicates();
  }

  private void compute(String key, Supplier<String> value) {
    try {
      tier.getAndCompute(key, (same, old) -> value.get());
    } catch (StoreAccessException e) {
      throw new AssertionError(e);
    }
  }

  private static void await(CountDownLatch latch) {
    try {
      assertThat(latch.await(30, TimeUnit.SECONDS)).isTrue();
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
  }
}
