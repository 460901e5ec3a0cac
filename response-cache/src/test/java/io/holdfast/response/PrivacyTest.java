package io.holdfast.response;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What of a call is stored, and what is not. */
class PrivacyTest {

  private static final String PROMPT = "The card of Ann is 4111-1111";
  private static final ResponseKey KEY = ResponseKey.builder("chat")
      .model("m")
      .temperature(0)
      .messages(List.of(PROMPT))
      .question(PROMPT)
      .build();

  private final CacheFixture fixture = new CacheFixture();

  @AfterEach
  void close() {
    fixture.close();
  }

  private static String withoutCards(String text) {
    return text.replaceAll("\\d{4}-\\d{4}", "[card]");
  }

  private CachedResponse stored() {
    return fixture.cache().get(KEY.text().orElseThrow());
  }

  @Test
  void store_unlessTold_holdsNoPrompt() {
    try (var responses = fixture.builder().build()) {
      responses.get(KEY, () -> "because");
    }
    assertThat(stored().question()).isNull();
    fixture
        .cache()
        .forEach(entry ->
            assertThat(entry.getKey() + entry.getValue().payload()).doesNotContain("Ann", "4111"));
  }

  @Test
  void store_keepQuestions_holdsItRedacted() {
    try (var responses =
        fixture.builder().keepQuestions().redact(PrivacyTest::withoutCards).build()) {
      responses.get(KEY, () -> "because");
    }
    assertThat(stored().question()).isEqualTo("The card of Ann is [card]");
  }

  @Test
  void question_doesNotCount() {
    ResponseKey other = ResponseKey.builder("chat")
        .model("m")
        .temperature(0)
        .messages(List.of(PROMPT))
        .build();
    assertThat(other).isEqualTo(KEY);
    assertThat(KEY.toString()).doesNotContain("Ann");
  }

  @Test
  void redact_answer_reachesItsCallerWholeAndLaterOnesRedacted() {
    try (var responses = fixture.builder().redact(PrivacyTest::withoutCards).build()) {
      assertThat(responses.get(KEY, () -> "It is 4111-1111.")).isEqualTo("It is 4111-1111.");
      assertThat(responses.get(KEY, () -> "again")).isEqualTo("It is [card].");
    }
    assertThat(stored().payload()).doesNotContain("4111");
    assertThat(stored().isIntact()).isTrue();
  }

  /** The pieces hold what the whole had to lose, and may hold it in two halves. */
  @Test
  void redact_stream_losesItsPieces() {
    try (var responses = fixture.builder().redact(PrivacyTest::withoutCards).build()) {
      responses.stream(
          KEY,
          sink -> {
            sink.chunk("It is 4111");
            sink.chunk("-1111.");
            sink.complete("It is 4111-1111.");
          },
          new Ear());
      assertThat(stored().chunks()).isNull();
      var later = new Ear();
      responses.stream(KEY, sink -> sink.fail(new IllegalStateException("asked again")), later);
      assertThat(later.heard).containsExactly("It is [card].");
    }
  }

  @Test
  void redact_streamWithPiecesOfAnotherForm_isStoredWithoutThem() {
    try (var responses = fixture.builder().redact(PrivacyTest::withoutCards).build()) {
      responses.stream(
          KEY,
          sink -> {
            sink.chunk("{thinking: 4111}");
            sink.chunk("{thinking: -1111}");
            sink.complete("nothing");
          },
          new Ear());
    }
    assertThat(stored().payload()).isEqualTo("nothing");
    assertThat(stored().chunks()).isNull();
  }

  @Test
  void redact_nothingToDo_keepsThePieces() {
    try (var responses = fixture.builder().redact(PrivacyTest::withoutCards).build()) {
      responses.stream(
          KEY,
          sink -> {
            sink.chunk("be");
            sink.chunk("cause");
            sink.complete("because");
          },
          new Ear());
    }
    assertThat(stored().chunks()).isNotNull();
  }

  @Test
  void redact_thatThrows_storesNothingAndFailsNoCall() {
    try (var responses = fixture
        .builder()
        .redact(text -> {
          throw new IllegalStateException("broken");
        })
        .build()) {
      assertThat(responses.get(KEY, () -> "because")).isEqualTo("because");
      assertThat(stored()).isNull();
      assertThat(responses.statistics().notStored())
          .containsEntry(NotStoredReason.NOT_ENCODABLE, 1L);
    }
  }

  record Review(String text) {}

  @Test
  void redact_thatBreaksTheForm_storesNothing() {
    try (var responses = ResponseCache.over(fixture.cache())
        .redact(text -> text.replace("}", "]"))
        .codec(ResponseCodec.json(Review.class))
        .build()) {
      assertThat(responses.get(KEY, () -> new Review("good"))).isEqualTo(new Review("good"));
      assertThat(stored()).isNull();
    }
  }

  @Test
  void redact_rememberedFailure_isRedacted() {
    try (var responses = fixture
        .builder()
        .redact(PrivacyTest::withoutCards)
        .rememberFailures(Duration.ofMinutes(1), failure -> true)
        .build()) {
      assertThatExceptionOfType(IllegalStateException.class)
          .isThrownBy(() -> responses.get(KEY, () -> {
            throw new IllegalStateException("no such card 4111-1111");
          }));
      assertThat(stored().payload()).contains("no such card [card]").doesNotContain("4111");
    }
  }

  private static final class Ear implements StreamListener<String> {
    private final List<String> heard = new CopyOnWriteArrayList<>();

    @Override
    public void onChunk(String chunk) {
      heard.add(chunk);
    }

    @Override
    public void onComplete(Answer<String> answer) {}

    @Override
    public void onError(Throwable failure) {
      heard.add("failed");
    }
  }
}
