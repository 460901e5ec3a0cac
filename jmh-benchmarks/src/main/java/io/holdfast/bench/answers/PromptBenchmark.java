package io.holdfast.bench.answers;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.holdfast.bench.Entries;
import io.holdfast.response.CachedResponse;
import io.holdfast.response.ResponseCache;
import io.holdfast.response.ResponseKey;
import java.io.IOException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import javax.cache.Cache;
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
 * A cached answer to a prompt of 1 KiB, the key made anew of model, temperature and message each time,
 * as an application does it. The baseline gets the stored answer by a key that is ready from the cache
 * underneath: the difference is what the response cache takes, a good part of it the SHA-256 that no key
 * can do without.
 *
 * <p>{@code java -jar jmh-benchmarks/target/benchmarks.jar PromptBenchmark}
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 4, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(2)
public class PromptBenchmark {

  private static final int PROMPT_BYTES = 1_024;

  /** What is asked; {@code SHA_256} only hashes the prompt, {@code KEY_ONLY} only makes the key. */
  @Param({"CACHE", "SHA_256", "KEY_ONLY", "HOLDFAST"})
  public String asked = "";

  private String prompt = "";
  private String readyKey = "";
  private AnswerFixture answers;
  private Cache<String, CachedResponse> cache;
  private ResponseCache<String> responses;

  /** Makes the answer once. */
  @Setup(Level.Trial)
  public void open() throws IOException {
    answers = AnswerFixture.open();
    cache = answers.cache();
    responses = answers.responses();
    prompt = Entries.value(new Random(42), PROMPT_BYTES);
    readyKey = key().text().orElseThrow();
    responses.get(key(), () -> "It depends. ".repeat(32));
  }

  /** Deletes it. */
  @TearDown(Level.Trial)
  public void close() throws IOException {
    answers.close();
  }

  /** One answer. */
  @Benchmark
  public Object answer() throws NoSuchAlgorithmException {
    return switch (asked) {
      case "CACHE" -> cache.get(readyKey);
      case "SHA_256" -> MessageDigest.getInstance("SHA-256").digest(prompt.getBytes(UTF_8));
      case "KEY_ONLY" -> key();
      default ->
        responses.get(key(), () -> {
          throw new IllegalStateException("it is not cached");
        });
    };
  }

  private ResponseKey key() {
    return ResponseKey.builder("chat")
        .model("openai/gpt-x")
        .temperature(0)
        .messages(List.of(Map.of("role", "user", "content", prompt)))
        .build();
  }
}
