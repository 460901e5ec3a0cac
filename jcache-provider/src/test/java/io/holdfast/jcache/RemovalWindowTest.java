package io.holdfast.jcache;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;

import io.holdfast.codec.Codec;
import io.holdfast.store.Cell;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import java.util.stream.Stream;
import javax.cache.Cache;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * An entry goes while a reader, who has read it from the file, is about to bring it into the heap: the
 * heap must not keep it.
 */
@Timeout(120)
final class RemovalWindowTest {
  @TempDir
  Path directory;

  private final ExecutorService threads = Executors.newCachedThreadPool();
  private final AtomicReference<Runnable> whenRead = new AtomicReference<>(() -> {});

  @AfterEach
  void stopThreads() {
    threads.shutdownNow();
  }

  /** Text that says when it is read from the file. */
  private final class TellingCodec implements Codec<String> {
    @Override
    public String format() {
      return "telling";
    }

    @Override
    public Cell encode(String object) {
      return new Cell.Text(object);
    }

    @Override
    public String decode(Cell cell) {
      whenRead.getAndSet(() -> {}).run();
      return ((Cell.Text) cell).value();
    }

    @Override
    public boolean isCanonical() {
      return true;
    }

    @Override
    public boolean isImmutable() {
      return true;
    }
  }

  private Cache<String, String> cache(ManagerFixture fixture) {
    return fixture
        .manager()
        .createCache(
            "words",
            HoldfastConfiguration.builder(String.class, String.class)
                .valueCodec(new TellingCodec())
                .build());
  }

  private record Named(String name, Consumer<Cache<String, String>> action) {
    @Override
    public String toString() {
      return name;
    }
  }

  static Stream<Arguments> readsAndRemovals() {
    List<Named> reads = List.of(
        new Named("get", cache -> cache.get("a")),
        new Named("getAll", cache -> cache.getAll(Set.of("a", "b"))),
        new Named("iterator", cache -> cache.forEach(entry -> {})));
    List<Named> removals = List.of(
        new Named("clear", Cache::clear),
        new Named("removeAll", Cache::removeAll),
        new Named("removeAll of keys", cache -> cache.removeAll(Set.of("a", "c"))),
        new Named("remove", cache -> cache.remove("a")),
        new Named("put", cache -> cache.put("a", "new")));
    List<Arguments> all = new ArrayList<>();
    reads.forEach(read -> removals.forEach(removal -> all.add(Arguments.of(read, removal))));
    return all.stream();
  }

  @ParameterizedTest(name = "{1} during {0}")
  @MethodSource("readsAndRemovals")
  void removal_whileAReaderBringsTheEntryIn_isNotUndone(Named read, Named removal)
      throws Exception {
    try (var fixture = new ManagerFixture(directory)) {
      Cache<String, String> cache = cache(fixture);
      cache.put("a", "old");
      cache.put("b", "old");
      AtomicReference<Future<?>> removing = new AtomicReference<>();
      whenRead.set(() -> {
        Future<?> started = threads.submit(() -> removal.action().accept(cache));
        removing.set(started);
        awaitOrGoOn(started);
      });
      read.action().accept(cache);
      assertThat(removing.get()).as("the entry was read from the file").isNotNull();
      removing.get().get(30, SECONDS);
      String expected = removal.name().equals("put") ? "new" : null;
      assertThat(cache.get("a")).isEqualTo(expected);
      assertThat(cache.containsKey("a")).isEqualTo(expected != null);
      assertThat(cache.getAll(Set.of("a")).get("a")).isEqualTo(expected);
    }
  }

  // It may have to wait for the reader: then it comes after, which is as well.
  private static void awaitOrGoOn(Future<?> removing) {
    try {
      removing.get(1, SECONDS);
    } catch (TimeoutException waitsForTheReader) {
      return;
    } catch (Exception e) {
      throw new IllegalStateException(e);
    }
  }
}
