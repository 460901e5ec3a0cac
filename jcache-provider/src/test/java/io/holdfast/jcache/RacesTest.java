package io.holdfast.jcache;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import javax.cache.Cache;
import javax.cache.CacheException;
import javax.cache.configuration.MutableConfiguration;
import javax.cache.integration.CacheLoader;
import javax.cache.integration.CompletionListenerFuture;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Operations that walk, load, open and close while others change entries. */
@Timeout(120)
final class RacesTest {
  @TempDir
  Path directory;

  @AutoClose
  private ManagerFixture fixture;

  @AutoClose("shutdownNow")
  private final ExecutorService threads = Executors.newCachedThreadPool();

  @BeforeEach
  void open() {
    fixture = new ManagerFixture(directory);
  }

  private static final class LoadsMinusOne implements CacheLoader<String, Integer> {
    @Override
    public Integer load(String key) {
      return -1;
    }

    @Override
    public Map<String, Integer> loadAll(Iterable<? extends String> keys) {
      Map<String, Integer> loaded = new HashMap<>();
      keys.forEach(key -> loaded.put(key, -1));
      return loaded;
    }
  }

  /** Whichever comes first, a load that does not replace leaves what was put. */
  @Test
  void loadAll_againstPuts_neverReplacesWhatWasPut() throws Exception {
    Cache<String, Integer> cache = fixture
        .manager()
        .createCache(
            "loading",
            HoldfastConfiguration.builder(String.class, Integer.class)
                .loader(LoadsMinusOne::new, /* readThrough= */ false)
                .build());
    for (int i = 0; i < 150; i++) {
      String key = "key" + i;
      int value = i;
      CompletionListenerFuture loaded = new CompletionListenerFuture();
      Future<?> putting = threads.submit(() -> cache.put(key, value));
      cache.loadAll(Set.of(key), /* replaceExistingValues= */ false, loaded);
      putting.get(30, SECONDS);
      assertThat(cache.get(key)).isIn(value);
      loaded.get(30, SECONDS);
      assertThat(cache.get(key)).isEqualTo(value);
    }
  }

  @Test
  void iterator_whileOthersWrite_givesEveryStableKeyOnceAndNoKeyTwice() throws Exception {
    Cache<Integer, Integer> cache = fixture.cache("walked", Integer.class, Integer.class);
    Set<Integer> stable = new HashSet<>();
    for (int key = 0; key < 300; key += 3) {
      cache.put(key, 0);
      stable.add(key);
    }
    AtomicBoolean done = new AtomicBoolean();
    List<Future<?>> writing = new ArrayList<>();
    for (int t = 1; t <= 2; t++) {
      int first = t;
      writing.add(threads.submit(() -> {
        for (int key = first; !done.get(); key = key >= 297 + first ? first : key + 3) {
          cache.put(key, key);
          cache.remove(key >= 150 ? key - 150 : key + 150);
        }
      }));
    }
    for (int walk = 0; walk < 30; walk++) {
      List<Integer> walked = new ArrayList<>();
      cache.forEach(entry -> walked.add(entry.getKey()));
      assertThat(walked).doesNotHaveDuplicates().containsAll(stable);
    }
    done.set(true);
    for (Future<?> one : writing) {
      one.get(30, SECONDS);
    }
  }

  /** What was acknowledged before the end is in the file; afterwards there is nothing but a refusal. */
  @Test
  void close_duringOperations_refusesOrAcknowledgesForGood() throws Exception {
    Map<String, Integer> acknowledged = new ConcurrentHashMap<>();
    for (int round = 0; round < 8; round++) {
      Cache<String, Integer> cache = fixture.cache("closing", String.class, Integer.class);
      List<Future<?>> writing = new ArrayList<>();
      for (int t = 0; t < 3; t++) {
        String prefix = round + "/" + t + "/";
        boolean invokes = t == 2;
        writing.add(threads.submit(() -> writeUntilClosed(cache, prefix, invokes, acknowledged)));
      }
      int before = acknowledged.size();
      while (acknowledged.size() < before + 30) {
        Thread.onSpinWait();
      }
      fixture.close();
      for (Future<?> one : writing) {
        one.get(30, SECONDS);
      }
      fixture.reopen();
    }
    Cache<String, Integer> cache = fixture.cache("closing", String.class, Integer.class);
    assertThat(cache.getAll(acknowledged.keySet())).isEqualTo(acknowledged);
  }

  private static void writeUntilClosed(
      Cache<String, Integer> cache,
      String prefix,
      boolean invokes,
      Map<String, Integer> acknowledged) {
    try {
      for (int i = 0; true; i++) {
        int value = i;
        if (invokes) {
          cache.invoke(prefix + i, (entry, arguments) -> {
            entry.setValue(value);
            return entry.getValue();
          });
        } else {
          cache.put(prefix + i, value);
        }
        acknowledged.put(prefix + i, value);
        cache.getAll(Set.of(prefix + i, "none"));
      }
    } catch (IllegalStateException closed) {
      assertThat(cache.isClosed()).isTrue();
    }
  }

  /** One of them creates the cache, the others are told that it is there; a destroyed one is refused. */
  @Test
  void createAndDestroy_fromManyThreads_endInAUsableCache() throws Exception {
    List<Callable<Integer>> all = new ArrayList<>();
    for (int t = 0; t < 4; t++) {
      all.add(() -> {
        int created = 0;
        for (int i = 0; i < 25; i++) {
          created += createUseDestroy() ? 1 : 0;
        }
        return created;
      });
    }
    int created = 0;
    for (Future<Integer> one : threads.invokeAll(all)) {
      created += one.get(90, SECONDS);
    }
    assertThat(created).isPositive();
    fixture.manager().destroyCache("mayfly");
    Cache<String, Integer> cache = fixture.cache("mayfly", String.class, Integer.class);
    assertThat(cache.iterator().hasNext()).isFalse();
    cache.put("a", 1);
    fixture.reopen();
    assertThat(fixture.cache("mayfly", String.class, Integer.class).get("a")).isEqualTo(1);
  }

  private boolean createUseDestroy() {
    boolean created = false;
    Cache<String, Integer> cache;
    try {
      cache = fixture
          .manager()
          .createCache(
              "mayfly",
              new MutableConfiguration<String, Integer>().setTypes(String.class, Integer.class));
      created = true;
    } catch (CacheException existsAlready) {
      assertThat(existsAlready).hasMessageContaining("exists already");
      cache = fixture.manager().getCache("mayfly", String.class, Integer.class);
    }
    if (cache != null) {
      try {
        cache.put("a", 1);
        cache.get("a");
      } catch (IllegalStateException destroyedMeanwhile) {
        assertThat(cache.isClosed()).isTrue();
      }
    }
    fixture.manager().destroyCache("mayfly");
    return created;
  }
}
