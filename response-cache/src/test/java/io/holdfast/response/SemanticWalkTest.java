package io.holdfast.response;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import javax.cache.Cache;
import javax.cache.CacheManager;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What somebody else stores in the same file is found by its meaning too. Two response caches stand for two processes. */
@Timeout(120)
class SemanticWalkTest {

  private static final Duration PAUSE = Duration.ofMillis(20);

  @TempDir
  Path directory;

  private final ExecutorService background = Executors.newSingleThreadExecutor();
  private final WordsStage stage = new WordsStage();
  private CacheManager manager;
  private Cache<String, CachedResponse> cache;

  @BeforeEach
  void open() {
    manager = AskingProcess.open(directory.resolve("answers.db"));
    cache = AskingProcess.cache(manager);
  }

  @AfterEach
  void close() {
    background.shutdownNow();
    manager.close();
  }

  static ResponseKey key(String question) {
    return ResponseKey.builder("chat")
        .messages(List.of(Map.of("role", "user", "content", question)))
        .question(question)
        .build();
  }

  private ResponseCache<String> responses(WordsStage stageOfIt) {
    ResponseCacheBuilder<String> builder =
        ResponseCache.over(cache).purgeExecutor(background).semantic(stageOfIt, "chat");
    builder.semanticPause = PAUSE;
    return builder.build();
  }

  private static Outcome asked(ResponseCache<String> responses, String question) {
    return responses.answer(key(question), () -> "called").outcome();
  }

  static boolean isFound(ResponseCache<String> responses, String question) {
    try {
      responses.with(CallPolicy.DEFAULT.withOnlyIfCached()).answer(key(question), () -> "called");
      return true;
    } catch (NotCachedException e) {
      return false;
    }
  }

  @Test
  void answer_otherWordsOfWhatWasThere_isFoundAfterTheWalk() {
    try (var before = responses(new WordsStage())) {
      asked(before, "How many orders are open?");
    }
    try (var responses = responses(stage)) {
      asked(responses, "What begins the walk?");
      Await.until("it is found", () -> isFound(responses, "Orders open, how many are?"));
    }
  }

  @Test
  void answer_storedByAnotherOneLater_isFoundWithoutAnybodyAsking() {
    try (var responses = responses(stage);
        var other = responses(new WordsStage())) {
      assertThat(asked(responses, "Who is the oldest customer?")).isEqualTo(Outcome.MISS);
      for (int i = 1; i <= 3; i++) {
        asked(other, "How many orders are open in week " + i + "?");
        int expected = i + 1;
        Await.until("the question is found", () -> stage.size() == expected);
      }
      assertThat(asked(responses, "Orders open in week 2, how many are?"))
          .isEqualTo(Outcome.SEMANTIC);
    }
  }

  @Test
  void close_endsTheLooking() {
    var responses = responses(stage);
    asked(responses, "Who is the oldest customer?");
    responses.close();
    var watching = new WordsStage();
    try (var watcher = responses(watching);
        var other = responses(new WordsStage())) {
      asked(watcher, "What begins the walk?");
      for (int i = 1; i <= 5; i++) {
        asked(other, "How many orders are open in week " + i + "?");
        int expected = i + 2;
        Await.until("somebody else has looked again", () -> watching.size() == expected);
      }
    }
    assertThat(stage.size()).isEqualTo(1);
  }
}
