package io.holdfast.jcache;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Properties;
import java.util.concurrent.TimeUnit;
import javax.cache.Cache;
import javax.cache.CacheException;
import javax.cache.CacheManager;
import javax.cache.configuration.MutableConfiguration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Another JVM clears, destroys or re-creates a cache that is open here. */
final class GoneCacheIT {
  @TempDir
  Path directory;

  private ManagerFixture fixture;
  private Process process;
  private BufferedReader in;
  private PrintStream out;

  /** Obeys one command a line. */
  static final class Obeying {
    private Obeying() {}

    /** Argument: the file. */
    public static void main(String[] arguments) throws IOException {
      try (var provider = new HoldfastCachingProvider();
          var lines = new BufferedReader(new InputStreamReader(System.in, UTF_8))) {
        CacheManager manager =
            provider.getCacheManager(Path.of(arguments[0]).toUri(), null, new Properties());
        PrintStream answers = new PrintStream(System.out, /* autoFlush= */ true);
        for (String line = lines.readLine(); line != null; line = lines.readLine()) {
          obey(manager, line);
          answers.println("done");
        }
      }
    }

    private static void obey(CacheManager manager, String command) {
      switch (command) {
        case "clear" -> {
          Cache<String, String> words = create(manager, String.class);
          words.clear();
          words.close();
        }
        case "destroy" -> manager.destroyCache("words");
        case "recreate" -> {
          manager.destroyCache("words");
          create(manager, String.class).put("key", "new");
        }
        case "open with other keys" -> create(manager, Integer.class).put(1, "other");
        default -> throw new IllegalArgumentException(command);
      }
    }

    private static <K> Cache<K, String> create(CacheManager manager, Class<K> keyType) {
      return manager.createCache(
          "words", new MutableConfiguration<K, String>().setTypes(keyType, String.class));
    }
  }

  @BeforeEach
  void open() throws IOException {
    Properties strict = new Properties();
    strict.setProperty(HoldfastProperties.COHERENCE, "strict");
    fixture = new ManagerFixture(directory, strict);
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(List.of("-XX:TieredStopAtLevel=1", "-XX:+IgnoreUnrecognizedVMOptions"));
    command.add("--enable-native-access=ALL-UNNAMED");
    command.addAll(List.of(
        "-cp",
        System.getProperty("java.class.path"),
        Obeying.class.getName(),
        fixture.file().toString()));
    process = new ProcessBuilder(command)
        .redirectError(ProcessBuilder.Redirect.DISCARD)
        .start();
    in = new BufferedReader(new InputStreamReader(process.getInputStream(), UTF_8));
    out = new PrintStream(process.getOutputStream(), /* autoFlush= */ true);
  }

  @AfterEach
  void close() throws Exception {
    out.close();
    if (!process.waitFor(20, TimeUnit.SECONDS)) {
      process.destroyForcibly();
    }
    fixture.close();
  }

  private void tell(String command) throws IOException {
    out.println(command);
    assertThat(in.readLine()).isEqualTo("done");
  }

  private Cache<String, String> wordsWithKey() {
    Cache<String, String> words = fixture.words();
    words.put("key", "old");
    assertThat(words.get("key")).isEqualTo("old");
    return words;
  }

  private static void assertGone(Cache<String, String> words) {
    assertThatThrownBy(() -> words.get("key"))
        .isInstanceOf(CacheException.class)
        .hasMessageContaining("another process");
    assertThatThrownBy(() -> words.put("key", "x"))
        .isInstanceOf(CacheException.class)
        .hasMessageContaining("words");
    assertThatThrownBy(() -> words.containsKey("key")).isInstanceOf(CacheException.class);
    assertThatThrownBy(words::clear).isInstanceOf(CacheException.class);
  }

  @Test
  void clear_elsewhere_emptiesTheHeapHere() throws Exception {
    Cache<String, String> words = wordsWithKey();
    tell("clear");
    assertThat(words.get("key")).isNull();
    words.put("key", "again");
    assertThat(words.get("key")).isEqualTo("again");
  }

  @Test
  void destroyCache_elsewhere_isToldToWhoeverUsesIt() throws Exception {
    Cache<String, String> words = wordsWithKey();
    tell("destroy");
    assertGone(words);
    words.close();
    Cache<String, String> fresh = fixture.words();
    assertThat(fresh.get("key")).isNull();
    fresh.put("key", "fresh");
    assertThat(fresh.get("key")).isEqualTo("fresh");
  }

  @Test
  void createCache_afterItWasRecreatedElsewhere_findsTheNewRows() throws Exception {
    Cache<String, String> words = wordsWithKey();
    tell("recreate");
    assertGone(words);
    words.close();
    assertThat(fixture.words().get("key")).isEqualTo("new");
  }

  @Test
  void createCache_elsewhereWithOtherKeys_neverMixesRows() throws Exception {
    Cache<String, String> words = wordsWithKey();
    tell("open with other keys");
    assertGone(words);
    words.close();
    Cache<Integer, String> numbers = fixture.cache("words", Integer.class, String.class);
    assertThat(numbers.get(1)).isEqualTo("other");
    assertThat(numbers).hasSize(1);
  }
}
