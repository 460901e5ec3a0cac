package io.holdfast.bench.answers;

import io.holdfast.bench.Scratch;
import io.holdfast.jcache.HoldfastConfiguration;
import io.holdfast.jcache.HoldfastProperties;
import io.holdfast.response.CachedResponse;
import io.holdfast.response.CallPolicy;
import io.holdfast.response.NotCachedException;
import io.holdfast.response.ResponseCache;
import io.holdfast.response.ResponseKey;
import io.holdfast.response.Responses;
import io.holdfast.response.spi.SemanticIndex;
import io.holdfast.semantic.index.SignIndex;
import io.holdfast.semantic.minilm.MiniLmEmbedder;
import io.holdfast.semantic.stage.SemanticAnswers;
import java.io.IOException;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import javax.cache.Cache;
import javax.cache.CacheManager;
import javax.cache.Caching;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;

/**
 * A question in other words, answered from a file: all of it, and its parts. Of the stored questions 2,000 are real ones
 * that look alike, embedded by the model; the others fill the index. What is asked was not asked before within {@link
 * Questions#COUNT} calls.
 *
 * <p>{@code java -jar jmh-benchmarks/target/benchmarks.jar SemanticBenchmark -prof io.holdfast.bench.CpuTimeProfiler};
 * the model comes with the Maven profile {@code peers}.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Warmup(iterations = 3, time = 3)
@Measurement(iterations = 3, time = 3)
@Fork(1)
public class SemanticBenchmark {

  /** Enough for any promise. */
  private static final int JUDGED_PAIRS = 2_000;
  /** As many as the index hands on. */
  private static final int CANDIDATES = 16;

  /**
   * What is measured: the model on the question; the search among the signs; reading as many answers as come into question;
   * the answer, all of that and the verifier in it; the same of a question that nobody has asked before.
   */
  @Param({"EMBED", "SIGNS", "READ", "FIND", "FIND_NONE"})
  public String part = "";

  /** How many answers there are. */
  @Param({"10000", "100000"})
  public int entries;

  private Scratch scratch;
  private CacheManager manager;
  private PaddingEmbedder embedder;
  private Cache<String, CachedResponse> cache;
  private ResponseCache<String> responses;
  private Responses<String> stored;
  private SignIndex signs;
  private float[][] vectors;
  private int next;

  /** Makes what this part needs, up to a file of all answers and the index of it. */
  @Setup(Level.Trial)
  public void open() throws IOException {
    embedder = new PaddingEmbedder(MiniLmEmbedder.load());
    signs = new SignIndex(embedder.identity().dimensions());
    vectors = new float[Questions.COUNT][];
    openFile();
    switch (part) {
      case "EMBED" -> {}
      case "SIGNS" -> fillSigns();
      default -> {
        fillFile();
        awaitWalk();
      }
    }
  }

  private void openFile() throws IOException {
    scratch = Scratch.create("holdfast-bench");
    var properties = new Properties();
    properties.setProperty(HoldfastProperties.DURABILITY, "relaxed");
    manager = Caching.getCachingProvider("io.holdfast.jcache.HoldfastCachingProvider")
        .getCacheManager(
            scratch.path().resolve("cache.db").toUri(), getClass().getClassLoader(), properties);
    cache = manager.createCache(
        "answers",
        HoldfastConfiguration.builder(String.class, CachedResponse.class).build());
    SemanticAnswers stage = SemanticAnswers.verified(embedder).build();
    openScope(stage.open("answers"));
    responses = ResponseCache.over(cache)
        .name("answers")
        .withoutLeases()
        .semantic(stage, "chat")
        .build();
    stored = responses.with(CallPolicy.DEFAULT.withOnlyIfCached());
  }

  private void fillFile() {
    Responses<String> unasked = responses.with(CallPolicy.DEFAULT.withNoCache());
    for (int i = 0; i < entries; i++) {
      unasked.answer(key(question(i)), () -> "It depends. ".repeat(32));
    }
  }

  /** As evidence would: this is about time, and the padding proves nothing. */
  private static void openScope(SemanticIndex index) {
    for (int pair = 0; pair < JUDGED_PAIRS; pair++) {
      index.learn("chat", 3 + pair / (double) JUDGED_PAIRS, /* isRight= */ true);
    }
  }

  private void fillSigns() {
    for (int i = 0; i < vectors.length; i++) {
      vectors[i] = embedder.embed(Questions.asked(i)).sentence();
    }
    for (int i = 0; i < entries; i++) {
      signs.add("all", i, embedder.embed(question(i)).sentence());
    }
  }

  private void awaitWalk() {
    while (responses.statistics().semantic().hits() == 0) {
      find(next++ % Questions.COUNT);
    }
  }

  private static String question(int number) {
    return number < Questions.COUNT ? Questions.stored(number) : PaddingEmbedder.padding(number);
  }

  private static ResponseKey key(String question) {
    return ResponseKey.builder("chat")
        .model("m")
        .temperature(0)
        .messages(List.of(Map.of("role", "user", "content", question)))
        .question(question)
        .build();
  }

  /** Deletes it. */
  @TearDown(Level.Trial)
  public void close() throws IOException {
    responses.close();
    manager.close();
    embedder.close();
    scratch.close();
  }

  /** One question. */
  @Benchmark
  public Object answer() {
    int number = next++ % Questions.COUNT;
    return switch (part) {
      case "EMBED" -> embedder.embed(Questions.asked(number));
      case "SIGNS" -> signs.candidates("all", vectors[number]);
      case "READ" -> cache.getAll(candidates(number));
      case "FIND" -> find(number);
      default -> find(number + Questions.COUNT);
    };
  }

  private static Set<String> candidates(int number) {
    Set<String> keys = new HashSet<>();
    for (int i = 0; i < CANDIDATES; i++) {
      keys.add(key(Questions.stored(number + i)).text().orElseThrow());
    }
    return keys;
  }

  private Object find(int number) {
    try {
      return stored.answer(key(Questions.asked(number)), () -> "never called");
    } catch (NotCachedException e) {
      return e;
    }
  }
}
