package io.holdfast.response;

import static org.assertj.core.api.Assertions.assertThat;

import io.holdfast.codec.Serialized;
import io.holdfast.jcache.HoldfastConfiguration;
import java.math.BigDecimal;
import java.nio.file.Path;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import javax.cache.Cache;
import javax.cache.CacheManager;
import javax.cache.Caching;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** How an answer stands in a file of Holdfast's own provider, that nobody has configured a codec for. */
class StoredFormTest {

  private static final CachedResponse ANSWER = CachedResponse.of(
      "text",
      "Two lines,\nno more.",
      1,
      2_000_000_000_000L,
      3,
      new Cost(new BigDecimal("0.10"), "USD"),
      null,
      new Usage("m", new Tokens(1, 0, 2)),
      "How many\nlines?",
      new Meaning("p1:0", "v"));

  @TempDir
  Path directory;

  private CacheManager manager() {
    return Caching.getCachingProvider("io.holdfast.jcache.HoldfastCachingProvider")
        .getCacheManager(directory.resolve("answers.db").toUri(), getClass().getClassLoader());
  }

  private static HoldfastConfiguration.Builder<String, CachedResponse> configuration() {
    return HoldfastConfiguration.builder(String.class, CachedResponse.class);
  }

  private List<String> inFile(String sql) throws SQLException {
    var values = new ArrayList<String>();
    try (var connection =
            DriverManager.getConnection("jdbc:sqlite:" + directory.resolve("answers.db"));
        var statement = connection.createStatement();
        ResultSet row = statement.executeQuery(sql)) {
      while (row.next()) {
        values.add(row.getString(1));
      }
    }
    return values;
  }

  @Test
  void put_isTextForPeople() throws SQLException {
    try (CacheManager manager = manager()) {
      manager.createCache("answers", configuration().build()).put("key", ANSWER);
    }
    assertThat(inFile("SELECT value FROM cache_answers"))
        .containsExactly(ResponseText.encode(ANSWER));
  }

  @Test
  void get_afterReopen_isWhatWasPut() {
    try (CacheManager manager = manager()) {
      manager.createCache("answers", configuration().build()).put("key", ANSWER);
    }
    try (CacheManager manager = manager()) {
      Cache<String, CachedResponse> cache =
          manager.createCache("answers", configuration().build());
      assertThat(cache.get("key")).isEqualTo(ANSWER);
      assertThat(cache.get("key")).as("cannot change, so is shared").isSameAs(cache.get("key"));
    }
  }

  /** Answers cost money: a file of before loses none. */
  @Test
  void get_whatWasSerialisedBefore_isReadAndMayBeReplaced() throws SQLException {
    try (CacheManager manager = manager()) {
      var before =
          configuration().valueCodec(Serialized.codecOf(CachedResponse.class)).build();
      Cache<String, CachedResponse> cache = manager.createCache("answers", before);
      cache.put("key", ANSWER);
      cache.put("other", ANSWER);
    }
    assertThat(inFile("SELECT DISTINCT typeof(value) FROM entry_1")).containsExactly("blob");
    try (CacheManager manager = manager()) {
      Cache<String, CachedResponse> cache =
          manager.createCache("answers", configuration().build());
      assertThat(cache.get("key")).isEqualTo(ANSWER);
      assertThat(cache.replace("key", ANSWER, ANSWER)).isTrue();
      assertThat(cache.remove("other", ANSWER)).isTrue();
    }
    assertThat(inFile("SELECT typeof(value) FROM entry_1")).containsExactly("text");
    assertThat(inFile("SELECT value_format FROM cache")).containsExactly(ResponseText.FORMAT);
  }

  @ParameterizedTest
  @ValueSource(strings = {"half a pair: \uD83D", "with \u0000 inside", "\uD83D\uDE00", ""})
  void get_anyText_isWhatWasPut(String payload) {
    var answer = CachedResponse.of("text", payload, 1, Long.MAX_VALUE, 3, null);
    try (CacheManager manager = manager()) {
      manager.createCache("answers", configuration().build()).put("key", answer);
    }
    try (CacheManager manager = manager()) {
      assertThat(manager.createCache("answers", configuration().build()).get("key"))
          .isEqualTo(answer);
    }
  }

  @Test
  void get_nameOfTwoLines_isWhatWasPut() {
    var answer = CachedResponse.of("two\nlines", "payload", 1, Long.MAX_VALUE, 3, null);
    try (CacheManager manager = manager()) {
      manager.createCache("answers", configuration().build()).put("key", answer);
    }
    try (CacheManager manager = manager()) {
      assertThat(manager.createCache("answers", configuration().build()).get("key"))
          .isEqualTo(answer);
    }
  }
}
