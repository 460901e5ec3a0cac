package io.holdfast.jcache;

import static org.assertj.core.api.Assertions.assertThat;

import io.holdfast.encryption.Keys;
import io.holdfast.encryption.ValueKey;
import io.holdfast.encryption.ValueKeys;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Map;
import java.util.Properties;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import javax.cache.Cache;
import org.ehcache.core.spi.time.SystemTimeSource;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Another key becomes current, and at last no row needs the one before. */
final class RotationTest {
  private static final ValueKey OLD = Keys.key("2025", 5);
  private static final ValueKey NEW = Keys.key("2026", 6);
  private static final int ENTRIES = 350;

  @TempDir
  Path directory;

  private EncryptionFixture fixture;

  @BeforeEach
  void open() {
    fixture = new EncryptionFixture(directory, ValueKeys.of(OLD));
  }

  @AfterEach
  void close() {
    fixture.close();
  }

  private static Map<String, String> entries() {
    return IntStream.range(0, ENTRIES)
        .boxed()
        .collect(Collectors.toMap(i -> "key-" + i, i -> "value-" + i + "-".repeat(i)));
  }

  private void assertAllThere(Cache<String, String> cache) {
    assertThat(cache.getAll(entries().keySet())).isEqualTo(entries());
  }

  @Test
  void write_afterTheKeyChanged_isUnderTheNewOne() {
    Cache<String, String> cache = fixture.words();
    cache.put("old", "1");
    cache.put("both", "1");
    fixture.use(ValueKeys.of(NEW, OLD));
    cache.put("both", "2");
    cache.put("new", "2");
    assertThat(cache.unwrap(Encryption.class).rowsByKeyId())
        .isEqualTo(Map.of("2025", 1L, "2026", 2L));
    assertThat(cache.getAll(Set.of("old", "both", "new")))
        .isEqualTo(Map.of("old", "1", "both", "2", "new", "2"));
  }

  @Test
  void renew_rowsOfAnEarlierKey_needItNoLonger() {
    Cache<String, String> cache = fixture.words();
    cache.putAll(entries());
    fixture.use(ValueKeys.of(NEW, OLD));
    Encryption encryption = cache.unwrap(Encryption.class);
    assertThat(encryption.renew()).isEqualTo(new Encryption.Renewal(ENTRIES, 0));
    assertThat(encryption.rowsByKeyId()).isEqualTo(Map.of("2026", (long) ENTRIES));
    assertThat(encryption.renew()).isEqualTo(new Encryption.Renewal(0, 0));
    fixture.use(ValueKeys.of(NEW));
    fixture.reopen();
    assertAllThere(fixture.words());
  }

  @Test
  void renew_aRow_changesNothingElseOfIt() throws SQLException {
    fixture.close();
    MovingClock clock = new MovingClock();
    fixture = new EncryptionFixture(directory, ValueKeys.of(OLD), new Properties(), clock);
    HoldfastConfiguration<String, String> configuration = fixture
        .configuration(String.class, String.class)
        .heapEntries(1)
        .diskEntries(1_000)
        .maxIdle(Duration.ofHours(1))
        .build();
    Cache<String, String> cache = fixture.managers().manager().createCache("words", configuration);
    cache.putAll(entries());
    clock.advance(Duration.ofMinutes(1));
    cache.getAll(entries().keySet());
    fixture.reopen();
    String rows =
        "SELECT group_concat(e.row_id || ' ' || e.version || ' ' || e.created_at_ms || ' '"
            + " || coalesce(e.expires_at_ms, '-') || ' ' || a.last_access_at_ms || ' ' || a.hits"
            + " || ' ' || \"key\", ';') FROM entry_1 AS e LEFT JOIN access_1 AS a USING (row_id)";
    String before = fixture.query(rows);

    clock.advance(Duration.ofMinutes(1));
    fixture.use(ValueKeys.of(Keys.key("a-much-longer-id", 6), OLD));
    cache = fixture.managers().manager().createCache("words", configuration);
    assertThat(cache.unwrap(Encryption.class).renew().renewed()).isEqualTo(ENTRIES);
    fixture.reopen();

    assertThat(fixture.query(rows)).isEqualTo(before).contains("key-7");
    assertThat(fixture.query("SELECT payload_bytes FROM tally"))
        .isEqualTo(fixture.query("SELECT sum(payload_bytes) FROM entry_1"))
        .isEqualTo(fixture.query("SELECT sum(length(\"key\") + length(value)) FROM entry_1"));
  }

  @Test
  void renew_rowsThatCannotBeDecrypted_leavesAndCountsThem() {
    Cache<String, String> cache = fixture.words();
    cache.put("lost", "1");
    ValueKey middle = Keys.key("middle", 9);
    fixture.use(ValueKeys.of(middle));
    cache.put("kept", "2");
    fixture.use(ValueKeys.of(NEW, middle));
    Encryption encryption = cache.unwrap(Encryption.class);
    assertThat(encryption.renew()).isEqualTo(new Encryption.Renewal(1, 1));
    assertThat(encryption.rowsByKeyId()).isEqualTo(Map.of("2025", 1L, "2026", 1L));
    fixture.use(ValueKeys.of(NEW, OLD));
    assertThat(cache.get("lost")).isEqualTo("1");
  }

  @Test
  void renew_keysThatOnlyTheirClassCanCompare_stillFindsThem() {
    HoldfastConfiguration<EncryptionTest.Spelled, String> configuration =
        fixture.configuration(EncryptionTest.Spelled.class, String.class).build();
    HoldfastCacheManager manager = fixture.managers().manager();
    Cache<EncryptionTest.Spelled, String> cache = manager.createCache("spelled", configuration);
    cache.put(new EncryptionTest.Spelled("Key"), "1");
    fixture.use(ValueKeys.of(NEW, OLD));
    cache.unwrap(Encryption.class).renew();
    fixture.use(ValueKeys.of(NEW));
    fixture.reopen();
    cache = fixture.managers().manager().createCache("spelled", configuration);
    assertThat(cache.get(new EncryptionTest.Spelled("KEY"))).isEqualTo("1");
  }

  @Test
  void renew_besideWriters_losesNoWriteAndLeavesNoEarlierKey() throws Exception {
    fixture.close();
    Properties relaxed = new Properties();
    relaxed.setProperty(HoldfastProperties.DURABILITY, "relaxed");
    fixture =
        new EncryptionFixture(directory, ValueKeys.of(OLD), relaxed, SystemTimeSource.INSTANCE);
    Cache<String, String> cache = fixture.words();
    cache.putAll(entries());
    AtomicBoolean goesOn = new AtomicBoolean(true);
    CompletableFuture<Integer> writer = CompletableFuture.supplyAsync(() -> {
      int round = 0;
      while (goesOn.get()) {
        round++;
        for (int i = 0; i < ENTRIES; i += 2) {
          cache.put("key-" + i, "round-" + round);
        }
      }
      return round;
    });
    for (int i = 0; i < 10; i++) {
      fixture.use(i % 2 == 0 ? ValueKeys.of(NEW, OLD) : ValueKeys.of(OLD, NEW));
      cache.unwrap(Encryption.class).renew();
    }
    goesOn.set(false);
    int lastRound = writer.get();
    fixture.use(ValueKeys.of(NEW, OLD));
    assertThat(cache.unwrap(Encryption.class).renew().unreadable()).isZero();
    fixture.use(ValueKeys.of(NEW));
    fixture.reopen();
    Map<String, String> expected = new java.util.HashMap<>(entries());
    for (int i = 0; i < ENTRIES; i += 2) {
      expected.put("key-" + i, "round-" + lastRound);
    }
    assertThat(fixture.words().getAll(expected.keySet())).isEqualTo(expected);
  }

  @Test
  void sweep_expiredRowsThatCannotBeDecrypted_deletesThem() throws Exception {
    fixture.close();
    MovingClock clock = new MovingClock();
    fixture = new EncryptionFixture(directory, ValueKeys.of(OLD), new Properties(), clock);
    HoldfastConfiguration<String, String> configuration = fixture
        .configuration(String.class, String.class)
        .expiry(javax.cache.expiry.CreatedExpiryPolicy.factoryOf(
            new javax.cache.expiry.Duration(java.util.concurrent.TimeUnit.MINUTES, 1)))
        .build();
    fixture.managers().manager().createCache("words", configuration).put("key", "1");
    fixture.use(ValueKeys.of(NEW));
    fixture.reopen();
    Cache<String, String> cache = fixture.managers().manager().createCache("words", configuration);
    assertThat(cache.get("key")).isNull();
    assertThat(fixture.query("SELECT count(*) FROM entry_1")).isEqualTo("1");
    clock.advance(Duration.ofMinutes(2));
    assertThat(cache.get("key")).isNull();
    assertThat(fixture.query("SELECT count(*) FROM entry_1")).isEqualTo("0");
  }
}
