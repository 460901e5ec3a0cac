package io.holdfast.tier;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.holdfast.codec.Codec;
import io.holdfast.codec.Codecs;
import io.holdfast.store.CacheDefinition;
import io.holdfast.store.CacheFile;
import io.holdfast.store.OutcomeUnknownException;
import io.holdfast.store.StoreException;
import io.holdfast.store.StoreSettings;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.ehcache.config.builders.ResourcePoolsBuilder;
import org.ehcache.config.units.EntryUnit;
import org.ehcache.core.store.StoreConfigurationImpl;
import org.ehcache.expiry.ExpiryPolicy;
import org.ehcache.spi.resilience.StoreAccessException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Writes that fail, and writes of which nobody knows whether they did. */
class FailedWriteTest {
  @TempDir
  Path directory;

  private CacheFile file;
  private UncertainTable table;
  private SqliteTier<String, String> tier;
  private final List<String> events = new ArrayList<>();

  @BeforeEach
  void open() {
    file = CacheFile.open(StoreSettings.of(directory.resolve("cache.db")), () -> 1_000);
    table = new UncertainTable(file.openTable(
        new CacheDefinition("cache", "text", "text", Long.MAX_VALUE, Long.MAX_VALUE)));
    Codec<String> codec = Codecs.standard().forType(String.class);
    tier = new SqliteTier<>(
        new StoreConfigurationImpl<>(
            String.class,
            String.class,
            null,
            getClass().getClassLoader(),
            ExpiryPolicy.NO_EXPIRY,
            ResourcePoolsBuilder.newResourcePoolsBuilder()
                .with(SqliteResource.SQLITE, 10, EntryUnit.ENTRIES, true)
                .build(),
            4,
            null,
            null),
        TierConfiguration.of(codec, codec),
        table,
        file.path(),
        () -> 1_000,
        Runnable::run,
        null,
        null);
    tier.getStoreEventSource()
        .addEventListener(event -> events.add(event.getType() + " " + event.getKey()));
  }

  @AfterEach
  void close() {
    file.close();
  }

  @Test
  void put_failsBeforeItsCommit_leavesTheOldValueAndFiresNothing() throws Exception {
    tier.put("a", "old");
    events.clear();
    table.failBeforeCommit(1);
    assertThatThrownBy(() -> tier.put("a", "new"))
        .isInstanceOf(StoreAccessException.class)
        .hasCauseInstanceOf(StoreException.class);
    assertThat(tier.get("a").get()).isEqualTo("old");
    assertThat(events).isEmpty();
    assertThat(tier.statistics().failures()).isEqualTo(1);
    tier.put("a", "newer");
    assertThat(tier.get("a").get()).isEqualTo("newer");
  }

  /** The commit did happen; the caller was told otherwise, so neither value may be served. */
  @Test
  void put_outcomeUnknown_theKeyIsNotServedUntilItsRowIsDeleted() throws Exception {
    tier.put("a", "old");
    table.loseTheOutcome(1);
    assertThatThrownBy(() -> tier.put("a", "new"))
        .isInstanceOf(StoreAccessException.class)
        .hasCauseInstanceOf(OutcomeUnknownException.class);
    table.failBeforeCommit(4);
    assertThatThrownBy(() -> tier.get("a")).isInstanceOf(StoreAccessException.class);
    assertThatThrownBy(() -> tier.getAndFault("a")).isInstanceOf(StoreAccessException.class);
    assertThatThrownBy(() -> tier.containsKey("a")).isInstanceOf(StoreAccessException.class);
    assertThatThrownBy(() -> tier.bulkComputeIfAbsentAndFault(
            Set.of("a"), absent -> Map.<String, String>of().entrySet()))
        .isInstanceOf(StoreAccessException.class);
    assertThat(tier.get("a")).isNull();
    assertThat(tier.statistics().entries()).isZero();
    tier.put("a", "newest");
    assertThat(tier.get("a").get()).isEqualTo("newest");
  }

  @Test
  void bulkCompute_outcomeUnknown_noneOfItsKeysIsServed() throws Exception {
    tier.put("a", "old");
    table.loseTheOutcome(1);
    assertThatThrownBy(() -> tier.bulkCompute(
            Set.of("a", "b"),
            entries -> Map.of(entries.iterator().next().getKey(), "new").entrySet()))
        .isInstanceOf(StoreAccessException.class);
    assertThat(tier.get("a")).isNull();
    assertThat(tier.get("b")).isNull();
  }

  @Test
  void clear_afterAnUnknownOutcome_makesTheKeyUsable() throws Exception {
    table.loseTheOutcome(1);
    assertThatThrownBy(() -> tier.put("a", "new")).isInstanceOf(StoreAccessException.class);
    tier.clear();
    table.failBeforeCommit(1);
    assertThat(tier.get("a")).isNull();
  }

  /** Two processes once both heard that they had put the entry. */
  @Test
  void putIfAbsent_overtakenByAnotherProcess_isToldOfTheOthersEntry() throws Exception {
    table.letAnotherBeFirst();
    List<Boolean> puts = new ArrayList<>();
    var present = tier.putIfAbsent("a", "other's", puts::add);
    assertThat(puts).endsWith(false);
    assertThat(present).isNotNull();
    assertThat(present.get()).isEqualTo("other's");
    assertThat(events).isEmpty();
  }
}
