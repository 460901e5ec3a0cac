package io.holdfast.jcache;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.holdfast.encryption.Keys;
import io.holdfast.encryption.ValueKeys;
import io.holdfast.jcache.spi.CacheMonitor;
import io.holdfast.jcache.spi.MonitoredCache;
import io.holdfast.jcache.spi.MonitoredFile;
import java.io.IOException;
import java.io.Serializable;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.DayOfWeek;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.Set;
import java.util.UUID;
import javax.cache.Cache;
import javax.cache.CacheException;
import org.ehcache.core.spi.time.SystemTimeSource;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What encryption of values hides, and what it must not change. */
final class EncryptionTest {
  private static final String SECRET = "4711-secret-of-nobody-else";
  private static final ValueKeys KEYS = ValueKeys.of(Keys.key("2026", 6));

  /** A value of the application. */
  record Order(String customer, List<String> lines) implements Serializable {
    private static final long serialVersionUID = 1L;
  }

  /** A key that only its class can compare: the spelling does not count. */
  static final class Spelled implements Serializable {
    private static final long serialVersionUID = 1L;
    private final String spelling;

    Spelled(String spelling) {
      this.spelling = spelling;
    }

    @Override
    public boolean equals(Object other) {
      return other instanceof Spelled that && spelling.equalsIgnoreCase(that.spelling);
    }

    @Override
    public int hashCode() {
      return spelling.toLowerCase(java.util.Locale.ROOT).hashCode();
    }
  }

  /** What monitors are given. */
  private static final class OpenedCaches implements CacheMonitor {
    final List<MonitoredCache> caches = new ArrayList<>();

    @Override
    public void cacheOpened(MonitoredCache cache) {
      caches.add(cache);
    }

    @Override
    public void cacheClosed(MonitoredCache cache) {}

    @Override
    public void fileOpened(MonitoredFile file) {}

    @Override
    public void fileClosed(MonitoredFile file) {}
  }

  @TempDir
  Path directory;

  private EncryptionFixture fixture;

  @BeforeEach
  void open() {
    fixture = new EncryptionFixture(directory, KEYS);
  }

  @AfterEach
  void close() {
    fixture.close();
  }

  @Test
  void get_afterARestart_givesEachTypeOfValueBack() throws IOException {
    Map<Class<?>, Object> values = new LinkedHashMap<>();
    values.put(String.class, "Gr\u00fc\u00dfe " + SECRET);
    values.put(Integer.class, -7);
    values.put(Long.class, Long.MAX_VALUE);
    values.put(Double.class, 0.1);
    values.put(Boolean.class, true);
    values.put(UUID.class, UUID.randomUUID());
    values.put(Instant.class, Instant.now());
    values.put(DayOfWeek.class, DayOfWeek.FRIDAY);
    values.put(Order.class, new Order(SECRET, List.of("one", "two")));
    values.put(Object.class, List.of(SECRET, 1, 2L));
    values.forEach((type, value) -> put(type, value));
    fixture.encrypted("bytes", byte[].class).put("key", SECRET.getBytes(UTF_8));
    assertThat(fixture.filesWith(SECRET)).isEmpty();

    fixture.reopen();

    assertThat(fixture.filesWith(SECRET)).isEmpty();
    values.forEach((type, value) ->
        assertThat(fixture.encrypted(type.getName(), type).get("key")).isEqualTo(value));
    assertThat(fixture.encrypted("bytes", byte[].class).get("key"))
        .isEqualTo(SECRET.getBytes(UTF_8));
  }

  private <V> void put(Class<V> type, Object value) {
    fixture.encrypted(type.getName(), type).put("key", type.cast(value));
  }

  /** The search itself is able to find something. */
  @Test
  void filesWith_aCacheInPlain_findsItsValues() throws IOException {
    fixture.managers().words().put("key", SECRET);
    assertThat(fixture.filesWith(SECRET)).isNotEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"normal", "full", "relaxed"})
  void files_afterAllWaysToWrite_holdNoValue(String durability) throws IOException {
    fixture.close();
    Properties properties = new Properties();
    properties.setProperty(HoldfastProperties.DURABILITY, durability);
    fixture = new EncryptionFixture(directory, KEYS, properties, SystemTimeSource.INSTANCE);
    Cache<String, String> cache = fixture.words();
    String large = SECRET.repeat(1_000);
    cache.put("1", SECRET);
    cache.putAll(Map.of("2", SECRET, "3", large));
    cache.putIfAbsent("4", SECRET);
    cache.getAndPut("4", large);
    cache.replace("1", SECRET, large);
    cache.getAndReplace("2", SECRET + 2);
    cache.invoke("5", (entry, arguments) -> {
      entry.setValue(SECRET);
      return entry.getValue();
    });
    assertThat(cache.get("5")).isEqualTo(SECRET);
    assertThat(cache.getAll(Set.of("1", "2", "3", "4", "5"))).hasSize(5).containsEntry("3", large);
    assertThat(fixture.filesWith(SECRET)).isEmpty();
    fixture.reopen();
    assertThat(fixture.words().get("4")).isEqualTo(large);
    fixture.managers().manager().getCache("words").clear();
    assertThat(fixture.filesWith(SECRET)).isEmpty();
    fixture.reopen();
    assertThat(fixture.filesWith(SECRET)).isEmpty();
  }

  /** Keys of entries are not hidden; the documentation says so. */
  @Test
  void key_ofAnEntry_staysReadable() throws Exception {
    fixture.words().put("customer-7", SECRET);
    assertThat(fixture.query("SELECT \"key\" FROM cache_words")).isEqualTo("customer-7");
    assertThat(fixture.query("SELECT value_format FROM cache")).isEqualTo("encrypted:text");
  }

  @Test
  void create_overValuesInPlain_startsEmptyAndLeavesNoneOfThem() throws IOException {
    Cache<String, String> plain = fixture.managers().words();
    for (int i = 0; i < 300; i++) {
      plain.put("key-" + i, (SECRET + i).repeat(1 + i));
    }
    for (int i = 0; i < 300; i += 3) {
      plain.remove("key-" + i);
    }
    Cache<String, String> other = fixture.managers().cache("other", String.class, String.class);
    other.put("key", "kept");
    fixture.reopen();

    Cache<String, String> cache = fixture.words();

    assertThat(cache.get("key-1")).isNull();
    assertThat(cache.iterator().hasNext()).isFalse();
    assertThat(fixture.filesWith(SECRET)).isEmpty();
    cache.put("key-1", SECRET);
    assertThat(cache.get("key-1")).isEqualTo(SECRET);
    assertThat(fixture.managers().cache("other", String.class, String.class).get("key"))
        .isEqualTo("kept");
  }

  @Test
  void create_withoutKeys_isRefusedAndLosesNothing() {
    fixture.words().put("key", SECRET);
    fixture.reopen();
    assertThatThrownBy(() -> fixture.managers().words())
        .isInstanceOf(CacheException.class)
        .hasMessageContaining("words")
        .hasMessageContaining(fixture.managers().file().toString())
        .hasMessageContaining("no keys are configured")
        .hasMessageContaining(HoldfastProperties.ENCRYPTION_KEY_FILE);
    assertThat(fixture.words().get("key")).isEqualTo(SECRET);
  }

  @Test
  void create_withoutKeysOnceTheCacheIsEmptyOrDestroyed_isInPlain() {
    fixture.words().put("key", SECRET);
    fixture.managers().manager().getCache("words").clear();
    fixture.reopen();
    fixture.managers().words().put("key", "plain");
    fixture.reopen();
    fixture.words().put("key", SECRET);
    fixture.managers().manager().destroyCache("words");
    Cache<String, String> plain = fixture.managers().words();
    plain.put("key", "plain");
    assertThat(plain.get("key")).isEqualTo("plain");
  }

  @Test
  void get_whileTheKeyIsLost_isAMissUntilItComesBack() throws SQLException {
    Cache<String, String> cache = fixture.words();
    cache.put("key", SECRET);
    cache.put("other", SECRET);
    ValueKeys others = ValueKeys.of(Keys.key("2027", 7));
    fixture.use(others);
    fixture.reopen();
    Cache<String, String> without = fixture.words();

    assertThat(without.get("key")).isNull();
    assertThat(without.containsKey("key")).isFalse();
    assertThat(without.getAll(Set.of("key", "other"))).isEmpty();
    assertThat(without.iterator().hasNext()).isFalse();
    assertThat(without.remove("key", SECRET)).isFalse();
    assertThat(without.replace("key", "new")).isFalse();
    assertThat(without.getAndRemove("key")).isNull();
    assertThat(fixture.query("SELECT count(*) FROM cache_words")).isEqualTo("2");

    fixture.use(ValueKeys.of(Keys.key("2027", 7), Keys.key("2026", 6)));
    assertThat(without.get("key")).isEqualTo(SECRET);
    assertThat(without.get("other")).isEqualTo(SECRET);
  }

  @Test
  void write_overWhatCannotBeDecrypted_replacesIt() {
    Cache<String, String> cache = fixture.words();
    for (String key : List.of("put", "putIfAbsent", "getAndPut", "invoke", "putAll")) {
      cache.put(key, SECRET);
    }
    fixture.use(ValueKeys.of(Keys.key("2027", 7)));
    fixture.reopen();
    Cache<String, String> without = fixture.words();

    without.put("put", "new");
    assertThat(without.putIfAbsent("putIfAbsent", "new")).isTrue();
    assertThat(without.getAndPut("getAndPut", "new")).isNull();
    boolean existed = without.invoke("invoke", (entry, arguments) -> {
      boolean exists = entry.exists();
      entry.setValue("new");
      return exists;
    });
    assertThat(existed).isFalse();
    without.putAll(Map.of("putAll", "new"));

    for (String key : List.of("put", "putIfAbsent", "getAndPut", "invoke", "putAll")) {
      assertThat(without.get(key)).as(key).isEqualTo("new");
    }
  }

  @Test
  void get_ofWhatCannotBeDecrypted_isCountedForMonitors() {
    fixture.words().put("key", SECRET);
    fixture.close();
    OpenedCaches opened = new OpenedCaches();
    try (var provider =
        new HoldfastCachingProvider(new Monitors(List.of(opened)), SystemTimeSource.INSTANCE)) {
      Cache<String, String> cache = provider
          .getCacheManager(fixture.managers().file().toUri(), null, new Properties())
          .createCache(
              "words",
              HoldfastConfiguration.builder(String.class, String.class)
                  .encryptedWith(ValueKeys.of(Keys.key("2027", 7)))
                  .build());
      assertThat(cache.get("key")).isNull();
      assertThat(cache.get("key")).isNull();
      MonitoredCache.CacheCounters counters = opened.caches.get(0).counters();
      assertThat(counters.unreadable()).isEqualTo(2);
      assertThat(counters.misses()).isEqualTo(2);
      assertThat(counters.tierEntries()).isEqualTo(1);
    }
  }

  @Test
  void value_putIntoAnotherRow_isAMiss() throws SQLException {
    Cache<String, String> cache = fixture.words();
    cache.put("mine", "mine");
    cache.put("yours", SECRET);
    fixture.reopen();
    fixture.sql("UPDATE entry_1 SET value = (SELECT value FROM entry_1 WHERE \"key\" = 'yours')"
        + " WHERE \"key\" = 'mine'");
    assertThat(fixture.words().get("mine")).isNull();
    assertThat(fixture.managers().manager().<String, String>getCache("words").get("yours"))
        .isEqualTo(SECRET);
  }

  @Test
  void value_withItsVersionPutIntoAnotherRow_isAMiss() throws SQLException {
    Cache<String, String> cache = fixture.words();
    cache.put("mine", "mine");
    cache.put("yours", SECRET);
    fixture.reopen();
    fixture.sql("UPDATE entry_1 SET (value, version) = (SELECT value, version FROM entry_1"
        + " WHERE \"key\" = 'yours') WHERE \"key\" = 'mine'");
    assertThat(fixture.words().get("mine")).isNull();
  }

  @Test
  void value_ofAnOlderVersionPutBack_isAMiss() throws SQLException {
    Cache<String, String> cache = fixture.words();
    cache.put("key", "old");
    fixture.reopen();
    fixture.sql("CREATE TABLE kept AS SELECT value FROM entry_1");
    fixture.words().put("key", "new");
    fixture.reopen();
    fixture.sql("UPDATE entry_1 SET value = (SELECT value FROM kept)");
    assertThat(fixture.words().get("key")).isNull();
  }

  @Test
  void row_ofAnotherCache_isAMiss() throws SQLException {
    fixture.words().put("key", "mine");
    fixture.encrypted("other", String.class).put("key", SECRET);
    fixture.reopen();
    fixture.sql("UPDATE entry_1 SET (value, version) = (SELECT value, version FROM entry_2)");
    assertThat(fixture.words().get("key")).isNull();
    assertThat(fixture.encrypted("other", String.class).get("key")).isEqualTo(SECRET);
  }

  /** No name of a cache, no file: what belongs together can be carried elsewhere. */
  @Test
  void file_copied_isReadableWithTheSameKeys() throws IOException {
    fixture.words().put("key", SECRET);
    fixture.close();
    Path elsewhere = Files.createDirectory(directory.resolve("elsewhere"));
    Files.copy(directory.resolve("cache.db"), elsewhere.resolve("cache.db"));
    fixture = new EncryptionFixture(elsewhere, KEYS);
    assertThat(fixture.words().get("key")).isEqualTo(SECRET);
  }

  /** The value is bound to the key column, which an equal key may spell in another way. */
  @Test
  void put_anEqualKeyWrittenInAnotherWay_isFoundUnderBoth() {
    HoldfastConfiguration<Spelled, String> configuration =
        fixture.configuration(Spelled.class, String.class).build();
    Cache<Spelled, String> cache =
        fixture.managers().manager().createCache("spelled", configuration);
    cache.put(new Spelled("Key"), "first");
    cache.put(new Spelled("KEY"), SECRET);
    fixture.reopen();
    cache = fixture.managers().manager().createCache("spelled", configuration);
    assertThat(cache.get(new Spelled("key"))).isEqualTo(SECRET);
    assertThat(cache.getAll(Set.of(new Spelled("kEy")))).hasSize(1);
    cache.replace(new Spelled("keY"), "third");
    fixture.reopen();
    cache = fixture.managers().manager().createCache("spelled", configuration);
    assertThat(cache.get(new Spelled("Key"))).isEqualTo("third");
  }
}
