package io.holdfast.response;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import javax.cache.CacheManager;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Two processes on one cache file: what one stores answers the other's question in other words, without a restart. */
@Timeout(120)
class SemanticAcrossProcessesIT {

  @TempDir
  Path directory;

  private final WordsStage stage = new WordsStage();
  private CacheManager manager;
  private ResponseCache<String> responses;
  private OtherProcess child;

  @BeforeEach
  void start() throws Exception {
    Path file = directory.resolve("answers.db");
    manager = AskingProcess.open(file);
    ResponseCacheBuilder<String> builder =
        ResponseCache.over(AskingProcess.cache(manager)).semantic(stage, "chat");
    builder.semanticPause = Duration.ofMillis(50);
    responses = builder.build();
    child = OtherProcess.start(StoringProcess.class, file);
  }

  @AfterEach
  void close() {
    child.close();
    responses.close();
    manager.close();
  }

  private Answer<String> askHere(String question) {
    return responses.answer(SemanticWalkTest.key(question), () -> "called here");
  }

  @Test
  void answer_whatAnotherProcessStoredMeanwhile_isFoundByItsMeaning() throws Exception {
    assertThat(askHere("What begins the walk?").isComputed()).isTrue();

    child.tell("How many orders are open?");
    assertThat(child.hear()).isEqualTo("MISS");

    Await.until("the question is known here", () -> stage.size() == 2);
    Answer<String> answer = askHere("Orders open: how many are?");
    assertThat(answer.outcome()).isEqualTo(Outcome.SEMANTIC);
    assertThat(answer.value()).isEqualTo("answer to How many orders are open?");
  }
}
