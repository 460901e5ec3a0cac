package io.holdfast.response;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIOException;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Answers are there before anybody asks. */
class WarmingTest {

  @TempDir
  Path directory;

  private final CacheFixture fixture = new CacheFixture();
  private final List<List<Integer>> calls = new ArrayList<>();

  @AfterEach
  void close() {
    fixture.close();
  }

  private static ResponseKey keyOf(Object question) {
    return ResponseKey.builder("warm").part("q", question).build();
  }

  private Map<Integer, String> upstream(List<Integer> questions) throws IOException {
    calls.add(questions);
    if (questions.contains(13)) {
      throw new IOException("bad luck");
    }
    return questions.stream().collect(Collectors.toMap(q -> q, q -> "answer " + q));
  }

  @Test
  void run_inBatches_asksWhatIsMissingAndTellsHowFarItIs() {
    var told = new ArrayList<Warming.Progress>();
    try (var responses = fixture.builder().build()) {
      responses.get(keyOf(2), () -> "there already");
      var end = Warming.of(responses, WarmingTest::keyOf, this::upstream)
          .batchSize(2)
          .progress(told::add)
          .run(List.of(1, 2, 3, 13, 5));
      assertThat(calls).containsExactly(List.of(1), List.of(3, 13), List.of(5));
      assertThat(end).isEqualTo(new Warming.Progress(5, 5, 1, 2, 2));
      assertThat(told).extracting(Warming.Progress::percent).containsExactly(0, 40, 80, 100);
      assertThat(told)
          .extracting(now -> now.bar(10))
          .containsExactly(
              "[          ] 0 %, 0 of 5",
              "[####      ] 40 %, 2 of 5",
              "[########  ] 80 %, 4 of 5, 2 failed",
              "[##########] 100 %, 5 of 5, 2 failed");
      assertThat(responses.find(keyOf(5))).isPresent();
      assertThat(responses.find(keyOf(13))).isEmpty();
    }
  }

  @Test
  void run_interrupted_endsAfterTheBatchAndSaysHowFarItCame() {
    try (var responses = fixture.builder().build()) {
      var end = Warming.of(responses, WarmingTest::keyOf, this::upstream)
          .progress(now -> {
            if (now.done() == 1) {
              Thread.currentThread().interrupt();
            }
          })
          .run(List.of(1, 2, 3));
      assertThat(Thread.interrupted()).isTrue();
      assertThat(end.done()).isEqualTo(1);
    }
  }

  @Test
  void readNdjson_linesOfObjects_areQuestions() throws IOException {
    Path file = Files.writeString(
        directory.resolve("q.ndjson"), "{\"q\": \"why\", \"n\": 1}\n\n{\"q\": \"how\"}\n");
    assertThat(Warming.readNdjson(file))
        .containsExactly(Map.of("q", "why", "n", 1), Map.of("q", "how"));
  }

  @Test
  void readNdjson_lineThatIsNone_isNumberedAndNotQuoted() throws IOException {
    Path file = Files.writeString(directory.resolve("q.ndjson"), "{}\nsecret\n");
    assertThatIOException()
        .isThrownBy(() -> Warming.readNdjson(file))
        .withMessageContaining("Line 2")
        .withMessageNotContaining("secret");
  }
}
