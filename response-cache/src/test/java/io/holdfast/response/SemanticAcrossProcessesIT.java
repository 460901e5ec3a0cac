package io.holdfast.response;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.io.Writer;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
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
  private Process child;
  private BufferedReader fromChild;
  private Writer toChild;

  @BeforeEach
  void start() throws Exception {
    Path file = directory.resolve("answers.db");
    manager = AskingProcess.open(file);
    ResponseCacheBuilder<String> builder =
        ResponseCache.over(AskingProcess.cache(manager)).semantic(stage, "chat");
    builder.semanticPause = Duration.ofMillis(50);
    responses = builder.build();
    child = new ProcessBuilder(List.of(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "-Xmx128m",
            "-XX:TieredStopAtLevel=1",
            "-XX:+IgnoreUnrecognizedVMOptions",
            "--enable-native-access=ALL-UNNAMED",
            "-cp",
            System.getProperty("java.class.path"),
            StoringProcess.class.getName(),
            file.toString()))
        .redirectError(ProcessBuilder.Redirect.DISCARD)
        .start();
    fromChild = new BufferedReader(new InputStreamReader(child.getInputStream(), UTF_8));
    toChild = child.outputWriter(UTF_8);
  }

  @AfterEach
  void close() {
    child.destroyForcibly();
    responses.close();
    manager.close();
  }

  private String askThere(String question) throws Exception {
    toChild.write(question + "\n");
    toChild.flush();
    return fromChild.readLine();
  }

  private Answer<String> askHere(String question) {
    return responses.answer(SemanticWalkTest.key(question), () -> "called here");
  }

  @Test
  void answer_whatAnotherProcessStoredMeanwhile_isFoundByItsMeaning() throws Exception {
    assertThat(askHere("What begins the walk?").isComputed()).isTrue();

    assertThat(askThere("How many orders are open?")).isEqualTo("MISS");

    Await.until("the question is known here", () -> stage.size() == 2);
    Answer<String> answer = askHere("Orders open: how many are?");
    assertThat(answer.outcome()).isEqualTo(Outcome.SEMANTIC);
    assertThat(answer.value()).isEqualTo("answer to How many orders are open?");
  }
}
