package io.holdfast.jcache;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatNoException;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Date;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import javax.cache.Cache;
import javax.cache.configuration.MutableCacheEntryListenerConfiguration;
import javax.cache.event.CacheEntryUpdatedListener;
import javax.cache.integration.CacheLoader;
import javax.cache.integration.CacheWriter;
import javax.cache.integration.CompletionListenerFuture;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What a caller does to its objects never reaches the cache, over the file and over the heap alone. */
@SuppressWarnings("JavaUtilDate") // a value of the JDK that can change, which is what is tested
final class StoreByValueTest {
  @TempDir
  Path directory;

  private ManagerFixture fixture(boolean onHeap) {
    return onHeap ? ManagerFixture.onHeap(directory) : new ManagerFixture(directory);
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void put_valueChangedAfterwards_keepsWhatWasPut(boolean onHeap) {
    try (var fixture = fixture(onHeap)) {
      Cache<String, Date> cache = fixture.cache("dates", String.class, Date.class);
      Date mine = new Date(1);
      cache.put("a", mine);
      mine.setTime(2);
      assertThat(cache.get("a")).isEqualTo(new Date(1));
    }
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void get_valueChangedAfterwards_keepsWhatWasPut(boolean onHeap) {
    try (var fixture = fixture(onHeap)) {
      Cache<String, Date> cache = fixture.cache("dates", String.class, Date.class);
      cache.put("a", new Date(1));
      cache.get("a").setTime(2);
      cache.get("a").setTime(3); // from the heap this time
      cache.iterator().next().getValue().setTime(4);
      assertThat(cache.get("a")).isEqualTo(new Date(1));
    }
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void put_keyChangedAfterwards_isFoundUnderTheOldKey(boolean onHeap) {
    try (var fixture = fixture(onHeap)) {
      Cache<Date, String> cache = fixture.cache("byDate", Date.class, String.class);
      Date mine = new Date(1);
      cache.put(mine, "a");
      assertThat(cache.get(mine)).isEqualTo("a");
      mine.setTime(2);
      assertThat(cache.get(new Date(1))).isEqualTo("a");
      assertThat(cache.get(mine)).isNull();
    }
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void invoke_valueChangedWithoutSetValue_changesNothing(boolean onHeap) {
    try (var fixture = fixture(onHeap)) {
      Cache<String, Object> cache = fixture.cache("lists", String.class, Object.class);
      cache.put("a", new ArrayList<>(List.of("x")));
      cache.invoke("a", (entry, arguments) -> {
        ((ArrayList<?>) entry.getValue()).clear();
        return null;
      });
      assertThat(cache.get("a")).isEqualTo(List.of("x"));
      assertThat(cache.replace("a", new ArrayList<>(List.of("x")), "y")).isTrue();
    }
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void get_immutableType_isTheSameInstanceOnEachHeapHit(boolean onHeap) {
    try (var fixture = fixture(onHeap)) {
      Cache<String, String> cache = fixture.words();
      cache.put("a", "long enough not to be interned");
      assertThat(cache.get("a")).isSameAs(cache.get("a"));
    }
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void bulkReadsAndReplacedValues_changedAfterwards_keepWhatWasPut(boolean onHeap) {
    try (var fixture = fixture(onHeap)) {
      Cache<String, Date> cache = fixture.cache("dates", String.class, Date.class);
      Date mine = new Date(1);
      cache.putAll(Map.of("a", mine));
      mine.setTime(2);
      cache.getAll(Set.of("a")).get("a").setTime(3);
      cache.getAll(Set.of("a")).get("a").setTime(4); // from the heap this time
      assertThat(cache.get("a")).isEqualTo(new Date(1));
      Date second = new Date(5);
      cache.getAndPut("a", second).setTime(6);
      second.setTime(7);
      assertThat(cache.get("a")).isEqualTo(new Date(5));
      Date third = new Date(8);
      cache.getAndReplace("a", third).setTime(9);
      third.setTime(10);
      assertThat(cache.get("a")).isEqualTo(new Date(8));
    }
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void iterator_keyAndValueChanged_changeNeitherTheCacheNorWhatRemoveMeans(boolean onHeap) {
    try (var fixture = fixture(onHeap)) {
      Cache<Date, Date> cache = fixture.cache("dates", Date.class, Date.class);
      cache.put(new Date(1), new Date(1));
      var entries = cache.iterator();
      Cache.Entry<Date, Date> entry = entries.next();
      entry.getKey().setTime(2);
      entry.getValue().setTime(2);
      assertThat(cache.get(new Date(1))).isEqualTo(new Date(1));
      entries.remove();
      assertThat(cache.containsKey(new Date(1))).isFalse();
    }
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void invoke_keyArgumentAndResultChanged_keepWhatWasSet(boolean onHeap) {
    try (var fixture = fixture(onHeap)) {
      Cache<Date, Date> cache = fixture.cache("dates", Date.class, Date.class);
      Date key = new Date(1);
      Date argument = new Date(2);
      Date result = cache.invoke(
          key,
          (entry, arguments) -> {
            entry.setValue((Date) arguments[0]);
            entry.getKey().setTime(99);
            return entry.getValue();
          },
          argument);
      argument.setTime(3);
      result.setTime(4);
      assertThat(key).isEqualTo(new Date(1));
      assertThat(cache.get(new Date(1))).isEqualTo(new Date(2));
      assertThat(cache.containsKey(new Date(99))).isFalse();
      var results = cache.invokeAll(Set.of(key), (entry, arguments) -> {
        entry.getKey().setTime(99);
        return entry.getValue();
      });
      results.values().iterator().next().get().setTime(5);
      assertThat(cache.get(key)).isEqualTo(new Date(2));
    }
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void listeners_changingWhatTheyAreGiven_reachNeitherTheCacheNorEachOther(boolean onHeap) {
    try (var fixture = fixture(onHeap)) {
      Cache<Date, Date> cache = fixture.cache("dates", Date.class, Date.class);
      List<String> heard = new ArrayList<>();
      for (int i = 0; i < 2; i++) {
        cache.registerCacheEntryListener(new MutableCacheEntryListenerConfiguration<>(
            () -> (CacheEntryUpdatedListener<Date, Date>) events -> events.forEach(event -> {
              heard.add(event.getKey().getTime() + " " + event.getOldValue().getTime() + " "
                  + event.getValue().getTime());
              event.getKey().setTime(99);
              event.getOldValue().setTime(99);
              event.getValue().setTime(99);
            }),
            null,
            /* isOldValueRequired= */ true,
            /* isSynchronous= */ true));
      }
      Date mine = new Date(3);
      cache.put(new Date(1), new Date(2));
      cache.put(new Date(1), mine);
      assertThat(heard).containsExactly("1 2 3", "1 2 3");
      assertThat(mine).isEqualTo(new Date(3));
      assertThat(cache.get(new Date(1))).isEqualTo(new Date(3));
      assertThat(cache.getAndRemove(new Date(1))).isEqualTo(new Date(3));
    }
  }

  /** A loader that changes its keys and keeps hold of what it gave. */
  private static final class Loader implements CacheLoader<Date, Date> {
    private final Date shared = new Date(5);

    @Override
    public Date load(Date key) {
      key.setTime(99);
      return shared;
    }

    @Override
    public Map<Date, Date> loadAll(Iterable<? extends Date> keys) {
      Map<Date, Date> loaded = new HashMap<>();
      keys.forEach(key -> loaded.put(new Date(key.getTime()), shared));
      keys.forEach(key -> key.setTime(99));
      return loaded;
    }
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void loader_changingItsKeysAndWhatItGave_doesNotReachTheCache(boolean onHeap) {
    try (var fixture = fixture(onHeap)) {
      Loader loader = new Loader();
      Cache<Date, Date> cache = fixture
          .manager()
          .createCache(
              "dates",
              HoldfastConfiguration.builder(Date.class, Date.class)
                  .loader(() -> loader, /* readThrough= */ true)
                  .build());
      Date key = new Date(1);
      Date loaded = cache.get(key);
      loader.shared.setTime(6);
      assertThat(loaded).isEqualTo(new Date(5));
      loaded.setTime(7);
      assertThat(key).isEqualTo(new Date(1));
      assertThat(cache.get(key)).isEqualTo(new Date(5));

      Set<Date> keys = Set.of(key, new Date(2));
      Map<Date, Date> all = cache.getAll(keys);
      loader.shared.setTime(8);
      assertThat(all).isEqualTo(Map.of(new Date(1), new Date(5), new Date(2), new Date(6)));
      assertThat(cache.get(new Date(2))).isEqualTo(new Date(6));

      CompletionListenerFuture done = new CompletionListenerFuture();
      Date third = new Date(3);
      cache.loadAll(Set.of(third), /* replaceExistingValues= */ true, done);
      third.setTime(98);
      assertThatNoException().isThrownBy(() -> done.get(30, SECONDS));
      assertThat(cache.get(new Date(3))).isEqualTo(new Date(8));
    }
  }

  /** A writer that changes what it is given. */
  private static final class Writer implements CacheWriter<Date, Date> {
    @Override
    public void write(Cache.Entry<? extends Date, ? extends Date> entry) {
      entry.getKey().setTime(99);
      entry.getValue().setTime(99);
    }

    @Override
    public void writeAll(Collection<Cache.Entry<? extends Date, ? extends Date>> entries) {
      entries.forEach(this::write);
    }

    @Override
    public void delete(Object key) {
      ((Date) key).setTime(99);
    }

    @Override
    public void deleteAll(Collection<?> keys) {
      keys.forEach(this::delete);
    }
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void writer_changingWhatItIsGiven_reachesNeitherTheCacheNorTheCaller(boolean onHeap) {
    try (var fixture = fixture(onHeap)) {
      Cache<Date, Date> cache = fixture
          .manager()
          .createCache(
              "dates",
              HoldfastConfiguration.builder(Date.class, Date.class)
                  .writeThrough(Writer::new)
                  .build());
      Date key = new Date(1);
      Date value = new Date(2);
      cache.put(key, value);
      cache.putAll(Map.of(new Date(3), value));
      assertThat(key).isEqualTo(new Date(1));
      assertThat(value).isEqualTo(new Date(2));
      assertThat(cache.getAll(Set.of(new Date(1), new Date(3), new Date(99))))
          .isEqualTo(Map.of(new Date(1), new Date(2), new Date(3), new Date(2)));
      cache.remove(key);
      cache.removeAll(Set.of(new Date(3)));
      assertThat(cache.iterator().hasNext()).isFalse();
      assertThat(key).isEqualTo(new Date(1));
    }
  }
}
