package io.holdfast.jcache;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.Serializable;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.function.Consumer;
import java.util.stream.Stream;
import javax.cache.Cache;
import javax.cache.CacheException;
import javax.cache.configuration.MutableConfiguration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** What is in a cache after its manager was closed and the file opened again. */
final class PersistenceTest {
  @TempDir
  Path directory;

  static Stream<Arguments> operations() {
    return Stream.of(
        operation("put", c -> c.put("a", "2"), Map.of("a", "2", "b", "1")),
        operation(
            "putAll",
            c -> c.putAll(Map.of("a", "2", "c", "3")),
            Map.of("a", "2", "b", "1", "c", "3")),
        operation("getAndPut", c -> c.getAndPut("a", "2"), Map.of("a", "2", "b", "1")),
        operation(
            "putIfAbsent, absent",
            c -> c.putIfAbsent("c", "3"),
            Map.of("a", "1", "b", "1", "c", "3")),
        operation("putIfAbsent, present", c -> c.putIfAbsent("a", "3"), Map.of("a", "1", "b", "1")),
        operation("remove", c -> c.remove("a"), Map.of("b", "1")),
        operation("remove by value", c -> c.remove("a", "1"), Map.of("b", "1")),
        operation("remove by another value", c -> c.remove("a", "7"), Map.of("a", "1", "b", "1")),
        operation("getAndRemove", c -> c.getAndRemove("a"), Map.of("b", "1")),
        operation("replace", c -> c.replace("a", "2"), Map.of("a", "2", "b", "1")),
        operation("replace by value", c -> c.replace("a", "1", "2"), Map.of("a", "2", "b", "1")),
        operation("getAndReplace", c -> c.getAndReplace("a", "2"), Map.of("a", "2", "b", "1")),
        operation("removeAll of keys", c -> c.removeAll(Set.of("a")), Map.of("b", "1")),
        operation("removeAll", Cache::removeAll, Map.of()),
        operation("clear", Cache::clear, Map.of()),
        operation(
            "invoke, set",
            c -> c.invoke("a", (entry, arguments) -> {
              entry.setValue(entry.getValue() + "+");
              return null;
            }),
            Map.of("a", "1+", "b", "1")),
        operation(
            "invoke, remove",
            c -> c.invoke("a", (entry, arguments) -> {
              entry.remove();
              return null;
            }),
            Map.of("b", "1")),
        operation(
            "invokeAll",
            c -> c.invokeAll(Set.of("a", "b"), (entry, arguments) -> {
              entry.setValue("x");
              return null;
            }),
            Map.of("a", "x", "b", "x")),
        operation(
            "iterator, remove",
            c -> {
              for (var entries = c.iterator(); entries.hasNext(); ) {
                if (entries.next().getKey().equals("a")) {
                  entries.remove();
                }
              }
            },
            Map.of("b", "1")));
  }

  private static Arguments operation(
      String name, Consumer<Cache<String, String>> operation, Map<String, String> expected) {
    return Arguments.of(name, operation, expected);
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("operations")
  void reopen_afterOperation_findsItsEffect(
      String name, Consumer<Cache<String, String>> operation, Map<String, String> expected) {
    try (var fixture = new ManagerFixture(directory)) {
      Cache<String, String> before = fixture.words();
      before.putAll(Map.of("a", "1", "b", "1"));
      before.getAll(Set.of("a", "b")); // into the heap, which must not answer for the file
      operation.accept(before);
      assertThat(before.getAll(Set.of("a", "b", "c"))).as(name).isEqualTo(expected);

      fixture.reopen();
      assertThat(fixture.words().getAll(Set.of("a", "b", "c"))).as(name).isEqualTo(expected);
    }
  }

  @Test
  void close_ofCache_keepsRows() {
    try (var fixture = new ManagerFixture(directory)) {
      Cache<String, String> cache = fixture.words();
      cache.put("a", "1");
      cache.close();
      assertThat(fixture.words().get("a")).isEqualTo("1");
    }
  }

  @Test
  void destroyCache_open_deletesRows() {
    try (var fixture = new ManagerFixture(directory)) {
      fixture.words().put("a", "1");
      fixture.manager().destroyCache("words");
      assertThat(fixture.words().get("a")).isNull();
    }
  }

  @Test
  void destroyCache_notOpen_deletesRowsInTheFile() {
    try (var fixture = new ManagerFixture(directory)) {
      fixture.words().put("a", "1");
      fixture.reopen();
      fixture.manager().destroyCache("words");
      assertThat(fixture.words().get("a")).isNull();
    }
  }

  @Test
  void getCacheManager_withoutCache_makesNoFile() {
    try (var fixture = new ManagerFixture(directory)) {
      fixture.manager().destroyCache("never made");
      assertThat(fixture.manager().getCacheNames()).isEmpty();
      assertThat(fixture.file()).doesNotExist();
      fixture.words();
      assertThat(fixture.file()).exists();
    }
  }

  @Test
  void heapOnly_makesNoFileAndForgets() {
    try (var fixture = ManagerFixture.onHeap(directory)) {
      fixture.words().put("a", "1");
      fixture.reopen();
      assertThat(fixture.words().get("a")).isNull();
      assertThat(fixture.file()).doesNotExist();
    }
  }

  /** A record that Java serialisation may write because the cache is declared with it. */
  record Report(String title, List<Integer> pages, Map<String, Instant> read)
      implements Serializable {}

  @Test
  void reopen_declaredType_isFoundThroughItsCodec() {
    try (var fixture = new ManagerFixture(directory)) {
      UUID id = UUID.randomUUID();
      Report report =
          new Report("t", List.of(1, 2, 3), Map.of("me", Instant.EPOCH, "you", Instant.MAX));
      fixture.cache("reports", UUID.class, Report.class).put(id, report);
      fixture.cache("times", Integer.class, Instant.class).put(7, Instant.EPOCH);
      fixture.reopen();
      assertThat(fixture.cache("reports", UUID.class, Report.class).get(id)).isEqualTo(report);
      assertThat(fixture.cache("times", Integer.class, Instant.class).get(7))
          .isEqualTo(Instant.EPOCH);
    }
  }

  @Test
  void createCache_otherValueTypeThanTheFile_startsEmptyAndLeavesOtherCachesAlone() {
    try (var fixture = new ManagerFixture(directory)) {
      fixture.words().put("a", "1");
      fixture.cache("other", String.class, String.class).put("a", "1");
      fixture.reopen();
      Cache<String, Long> changed = fixture.cache("words", String.class, Long.class);
      assertThat(changed.get("a")).isNull();
      changed.put("a", 2L);
      assertThat(changed.get("a")).isEqualTo(2);
      assertThat(fixture.cache("other", String.class, String.class).get("a")).isEqualTo("1");
    }
  }

  @Test
  void createCache_openInAnotherManagerOfTheFile_isRefused() {
    try (var fixture = new ManagerFixture(directory);
        var second = new ManagerFixture(directory)) {
      fixture.words().put("a", "1");
      assertThatThrownBy(second::words)
          .isInstanceOf(CacheException.class)
          .hasMessageContaining("words")
          .hasMessageContaining(fixture.file().toString());
      second.cache("mine", String.class, String.class).put("a", "2");
      assertThat(fixture.manager().getCache("words", String.class, String.class).get("a"))
          .isEqualTo("1");
    }
  }

  @Test
  void destroyCache_openInAnotherManagerOfTheFile_emptiesItForBoth() {
    try (var fixture = new ManagerFixture(directory);
        var second = new ManagerFixture(directory)) {
      Cache<String, String> open = fixture.words();
      open.put("a", "1");
      assertThat(open.get("a")).isEqualTo("1"); // in its heap, too
      second.manager().destroyCache("words");
      assertThat(open.get("a")).isNull();
      open.put("a", "2");
      assertThat(open.get("a")).isEqualTo("2");
      second.manager().destroyCache("words");
      fixture.reopen();
      assertThat(fixture.words().get("a")).isNull();
    }
  }

  @Test
  void createCache_notACacheFile_isRefusedAndTheFileIsLeftAlone() throws Exception {
    try (var fixture = new ManagerFixture(directory)) {
      String text = "These are the accounts of last year.\n".repeat(100);
      Files.writeString(fixture.file(), text);
      assertThatThrownBy(fixture::words)
          .isInstanceOf(CacheException.class)
          .hasMessageContaining(fixture.file().toString());
      assertThat(fixture.file()).hasContent(text);
    }
  }

  @Test
  void createCache_afterAFailedOne_works() throws Exception {
    try (var fixture = new ManagerFixture(directory)) {
      Files.writeString(fixture.file(), "x".repeat(5000));
      assertThatThrownBy(fixture::words).isInstanceOf(CacheException.class);
      Files.delete(fixture.file());
      Cache<String, String> cache = fixture.words();
      cache.put("a", "1");
      assertThat(cache.get("a")).isEqualTo("1");
    }
  }

  @Test
  void createCache_keyTypeThatCannotBeFoundAgain_isRefused() {
    try (var fixture = new ManagerFixture(directory)) {
      assertThatThrownBy(() -> fixture
              .manager()
              .createCache(
                  "bytes",
                  new MutableConfiguration<byte[], String>().setTypes(byte[].class, String.class)))
          .isInstanceOf(CacheException.class)
          .hasMessageContaining("byte[]");
      assertThat(fixture.manager().getCacheNames()).isEmpty();
    }
  }
}
