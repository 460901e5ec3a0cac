package io.holdfast.jcache;

import static io.holdfast.store.Eventually.eventually;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.holdfast.store.CacheFile;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.Set;
import java.util.logging.Handler;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import javax.cache.Cache;
import javax.cache.CacheException;
import javax.cache.configuration.MutableConfiguration;
import javax.cache.expiry.CreatedExpiryPolicy;
import javax.cache.expiry.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A new version of the application meets what the old one cached: real classes, compiled twice. */
final class ChangedClassesTest {
  private static final String ITEM =
      "public record Item(String name%s) implements java.io.Serializable {}";
  private static final String NOTE = """
      public class Note implements java.io.Serializable {
        private static final long serialVersionUID = 7;
        public %s text;
        public Note(%s text) { this.text = text; }
        public String toString() { return "note " + text; }
      }
      """;
  private static final String COLOR = "public enum Color { %s }";

  @TempDir
  Path directory;

  private static Map<String, String> version1() {
    return Map.of(
        "Item", ITEM.formatted(""),
        "Note", NOTE.formatted("String", "String"),
        "Color", COLOR.formatted("RED, GREEN"),
        "Gone", "public record Gone(int n) implements java.io.Serializable {}");
  }

  /** Item has one component more, Note another field under the same serialVersionUID, GREEN and Gone are gone. */
  private static Map<String, String> version2() {
    return Map.of(
        "Item", ITEM.formatted(", int price"),
        "Note", NOTE.formatted("Integer", "Integer"),
        "Color", COLOR.formatted("RED"));
  }

  /** A manager of this version of the application, on the file of these tests. */
  private HoldfastCacheManager manager(HoldfastCachingProvider provider, CompiledClasses classes) {
    Properties properties = new Properties();
    properties.setProperty(HoldfastProperties.ALLOWED_CLASSES, "app.*");
    return (HoldfastCacheManager) provider.getCacheManager(
        directory.resolve("cache.db").toUri(), classes.loader(), properties);
  }

  // What the class is called is all that two versions share.
  @SuppressWarnings("unchecked")
  private static Cache<String, Object> cacheOf(HoldfastCacheManager manager, Class<?> type) {
    return manager.createCache(
        type.getSimpleName(),
        new MutableConfiguration<String, Object>().setTypes(String.class, (Class<Object>) type));
  }

  /** Everything logged while it is open. */
  private static final class Log extends Handler implements AutoCloseable {
    private final Logger logger = Logger.getLogger("io.holdfast");
    private final List<String> lines = new ArrayList<>();

    Log() {
      logger.addHandler(this);
    }

    @Override
    public void publish(LogRecord line) {
      lines.add(line.getLevel() + " " + line.getMessage());
    }

    @Override
    public void flush() {}

    @Override
    public void close() {
      logger.removeHandler(this);
    }
  }

  @Test
  void declaredType_anotherShape_emptiesItsOwnCacheAndSaysSo() {
    try (var provider = new HoldfastCachingProvider();
        var before = new CompiledClasses(directory, version1());
        var after = new CompiledClasses(directory, version2());
        var log = new Log()) {
      var manager = manager(provider, before);
      cacheOf(manager, before.type("Item")).put("a", before.create("Item", "x"));
      cacheOf(manager, String.class).put("a", "kept");
      manager.close();

      manager = manager(provider, after);
      Cache<String, Object> items = cacheOf(manager, after.type("Item"));
      assertThat(items.get("a")).isNull();
      assertThat(items.iterator().hasNext()).isFalse();
      assertThat(log.lines)
          .filteredOn(line -> line.startsWith("WARNING"))
          .singleElement()
          .asString()
          .contains("Item")
          .contains("starts empty")
          .contains("cache.db");
      assertThat(cacheOf(manager, String.class).get("a")).isEqualTo("kept");
      items.put("a", after.create("Item", "x", 3));
      assertThat(items.get("a")).hasToString("Item[name=x, price=3]");
    }
  }

  @Test
  void declaredType_sameShapeCompiledAnew_keepsItsEntries() {
    try (var provider = new HoldfastCachingProvider();
        var before = new CompiledClasses(directory, version1());
        var after = new CompiledClasses(directory, version1())) {
      var manager = manager(provider, before);
      cacheOf(manager, before.type("Item")).put("a", before.create("Item", "x"));
      manager.close();
      Cache<String, Object> items = cacheOf(manager(provider, after), after.type("Item"));
      assertThat(items.get("a")).isEqualTo(after.create("Item", "x"));
    }
  }

  private static void fill(Cache<String, Object> cache, CompiledClasses classes) {
    cache.put("text", "kept");
    cache.put("item", classes.create("Item", "x"));
    cache.put("note", classes.create("Note", "x"));
    cache.put("items", new ArrayList<>(List.of(1, classes.create("Item", "x"))));
    cache.put("red", classes.constant("Color", 0));
    cache.put("green", classes.constant("Color", 1));
    cache.put("gone", classes.create("Gone", 1));
    cache.put("numbers", new ArrayList<>(List.of(1, 2)));
  }

  private static Set<String> keysOf(Cache<String, Object> cache) {
    Set<String> keys = new HashSet<>();
    cache.forEach(entry -> keys.add(entry.getKey()));
    return keys;
  }

  /** A cache of Object holds any class: only the entries whose own classes have changed are lost. */
  @Test
  void cacheOfObject_someClassesChanged_losesTheirEntriesAloneAndSaysSo() {
    try (var provider = new HoldfastCachingProvider();
        var before = new CompiledClasses(directory, version1());
        var after = new CompiledClasses(directory, version2());
        var log = new Log()) {
      var manager = manager(provider, before);
      fill(cacheOf(manager, Object.class), before);
      manager.close();
      manager = manager(provider, before);
      assertThat(keysOf(cacheOf(manager, Object.class))).hasSize(8); // all, to the same version
      manager.close();
      assertThat(log.lines).isEmpty();

      manager = manager(provider, after);
      Cache<String, Object> cache = cacheOf(manager, Object.class);
      assertThat(cache.get("item")).isNull();
      assertThat(cache.containsKey("note")).isFalse();
      assertThat(cache.getAll(Set.of("items", "text"))).isEqualTo(Map.of("text", "kept"));
      assertThat(cache.getAndPut("green", "new")).isNull();
      assertThat(cache.putIfAbsent("gone", "new")).isTrue();
      assertThat(cache.get("red")).isEqualTo(after.constant("Color", 0));
      assertThat(cache.get("numbers")).isEqualTo(List.of(1, 2));
      assertThat(keysOf(cache))
          .containsExactlyInAnyOrder("text", "red", "numbers", "green", "gone");
      assertThat(log.lines)
          .filteredOn(line -> line.startsWith("WARNING"))
          .singleElement()
          .asString()
          .contains("'Object'")
          .contains("class");
      cache.put("item", after.create("Item", "x", 3));
      assertThat(cache.get("item")).hasToString("Item[name=x, price=3]");
    }
  }

  /** The field that is open to any class is not part of the declared type's shape. */
  @Test
  void declaredTypeWithAnOpenField_classInItChanged_losesThatEntryAlone() {
    try (var provider = new HoldfastCachingProvider();
        var before = new CompiledClasses(directory, version1());
        var after = new CompiledClasses(directory, version2())) {
      var manager = manager(provider, before);
      Cache<String, Object> lists = cacheOf(manager, ArrayList.class);
      lists.put("items", new ArrayList<>(Arrays.asList(before.create("Note", "x"))));
      lists.put("numbers", new ArrayList<>(List.of(1)));
      manager.close();
      lists = cacheOf(manager(provider, after), ArrayList.class);
      assertThat(lists.get("items")).isNull();
      assertThat(lists.putIfAbsent("items", new ArrayList<>())).isTrue();
      assertThat(lists.get("numbers")).isEqualTo(List.of(1));
    }
  }

  @Test
  void keysOfObject_classChanged_areNotFoundAndHarmNobody() {
    try (var provider = new HoldfastCachingProvider();
        var before = new CompiledClasses(directory, version1());
        var after = new CompiledClasses(directory, version2())) {
      var manager = manager(provider, before);
      var types = new MutableConfiguration<Object, String>().setTypes(Object.class, String.class);
      Cache<Object, String> cache = manager.createCache("byAnything", types);
      cache.put(before.create("Item", "x"), "1");
      cache.put("text", "2");
      cache.put(before.constant("Color", 1), "3");
      assertThat(cache.get(before.create("Item", "x"))).isEqualTo("1");
      manager.close();
      manager = manager(provider, after);
      Cache<Object, String> changed = manager.createCache("byAnything", types);
      assertThat(changed.get("text")).isEqualTo("2");
      assertThat(changed.get(after.create("Item", "x", 1))).isNull();
      List<Object> keys = new ArrayList<>();
      changed.forEach(entry -> keys.add(entry.getKey()));
      assertThat(keys).containsExactly("text");
    }
  }

  /** More of them than the sweep reads at once, and all before the one that it can read. */
  @Test
  void keysOfObject_classChangedAndExpired_areSweptLikeOthers() throws Exception {
    MovingClock clock = new MovingClock();
    try (var provider = new HoldfastCachingProvider(Monitors.load(), clock);
        var before = new CompiledClasses(directory, version1());
        var after = new CompiledClasses(directory, version2())) {
      var manager = manager(provider, before);
      var types = new MutableConfiguration<Object, String>()
          .setTypes(Object.class, String.class)
          .setExpiryPolicyFactory(CreatedExpiryPolicy.factoryOf(Duration.ONE_HOUR));
      Cache<Object, String> cache = manager.createCache("byAnything", types);
      for (int i = 0; i < 150; i++) {
        cache.put(before.create("Item", "x" + i), "1");
      }
      cache.put(before.constant("Color", 1), "1");
      manager.close();
      clock.advance(java.time.Duration.ofMinutes(10));
      cache = manager(provider, after).createCache("byAnything", types);
      cache.put("text", "2");
      clock.advance(java.time.Duration.ofMinutes(55));
      awaitRows(1); // "text" lives for five minutes more
      assertThat(cache.get("text")).isEqualTo("2");
      clock.advance(java.time.Duration.ofMinutes(5));
      awaitRows(0);
    }
    try (CacheFile file = CacheFile.openExisting(directory.resolve("cache.db"))) {
      assertThat(file.check()).isEmpty();
      assertThat(file.caches()).singleElement().matches(found -> found.entries() == 0);
    }
  }

  private void awaitRows(int expected) throws Exception {
    try (Connection connection =
            DriverManager.getConnection("jdbc:sqlite:" + directory.resolve("cache.db"));
        Statement statement = connection.createStatement()) {
      eventually(expected + " rows are left", () -> {
        try (ResultSet count = statement.executeQuery("SELECT count(*) FROM entry_1")) {
          return count.getInt(1) == expected;
        }
      });
    }
  }

  /** Not a change of a class but a decision of its owner, who can take it back: nothing is deleted. */
  @Test
  void cacheOfObject_classNoLongerAllowed_isRefusedByNameAndKept() {
    try (var provider = new HoldfastCachingProvider();
        var classes = new CompiledClasses(directory, version1())) {
      var manager = manager(provider, classes);
      cacheOf(manager, Object.class).put("item", classes.create("Item", "x"));
      manager.close();
      var strict = provider.getCacheManager(
          directory.resolve("cache.db").toUri(), classes.loader(), new Properties());
      Cache<String, Object> refused = cacheOf((HoldfastCacheManager) strict, Object.class);
      assertThatThrownBy(() -> refused.get("item"))
          .isInstanceOf(CacheException.class)
          .hasMessageContaining("app.Item")
          .hasMessageContaining("allow-list");
      strict.close();
      assertThat(cacheOf(manager(provider, classes), Object.class).get("item"))
          .isEqualTo(classes.create("Item", "x"));
    }
  }
}
