package io.holdfast.response;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.holdfast.schema.SchemaKey;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executors;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** A question is answered with the answer to the same one in other words, and with nobody else's. */
class SemanticHitsTest {

  private static final String ASKED = "How many orders are open?";
  private static final String OTHER_WORDS = "Orders open: how many are?";
  private static final String ANOTHER = "How many orders are closed?";

  private final CacheFixture fixture = new CacheFixture();
  private final WordsStage stage = new WordsStage();

  @AfterEach
  void close() {
    fixture.close();
  }

  private ResponseCacheBuilder<String> builder() {
    return fixture.builder().semantic(stage, "chat");
  }

  private static ResponseKey.Builder request(String question) {
    return ResponseKey.builder("chat")
        .tenant("acme")
        .model("m")
        .temperature(0)
        .messages(List.of(
            Map.of("role", "system", "content", "Be brief."),
            Map.of("role", "user", "content", question)))
        .question(question);
  }

  private static ResponseKey key(String question) {
    return request(question).build();
  }

  @Test
  void answer_otherWords_isASemanticHitThatNamesItsEntryAndKeepsItsAge() {
    try (var responses = builder().build()) {
      Answer<String> computed = responses.answer(key(ASKED), () -> "seven");
      fixture.clock.advance(Duration.ofMinutes(1));
      Answer<String> hit = responses.answer(key(OTHER_WORDS), () -> "computed");

      assertThat(hit.value()).isEqualTo("seven");
      assertThat(hit.outcome()).isEqualTo(Outcome.SEMANTIC);
      assertThat(hit.createdAtMillis()).isEqualTo(computed.createdAtMillis());
      assertThat(hit.match())
          .isEqualTo(new SemanticMatch("chat", key(ASKED).text().orElseThrow(), 1, 1));
      assertThat(hit.isComputed()).isFalse();
      assertThat(computed.match()).isNull();
    }
  }

  @Test
  void statistics_semanticHit_isCountedAsThatAlone() {
    try (var responses = builder().build()) {
      responses.get(key(ASKED), () -> "seven");
      responses.get(key(OTHER_WORDS), () -> "computed");
      responses.get(key(ANOTHER), () -> "five");

      ResponseStatistics now = responses.statistics();
      assertThat(now.hits()).isZero();
      assertThat(now.misses()).isEqualTo(2);
      assertThat(now.semantic()).isEqualTo(new SemanticStatistics(1, 1, 0, 0, 2, stage.scopes()));
      assertThat(now.namespace("chat").calls(Outcome.SEMANTIC)).isEqualTo(1);
    }
  }

  @Test
  void answer_sameQuestionAgain_isAnExactHitWithoutTheStage() {
    try (var responses = builder().build()) {
      responses.get(key(ASKED), () -> "seven");
      int reads = stage.reads.get();
      assertThat(responses.answer(key(ASKED), () -> "computed").outcome()).isEqualTo(Outcome.HIT);
      assertThat(stage.reads).hasValue(reads);
    }
  }

  static Stream<Arguments> differences() {
    return Stream.<Map.Entry<String, UnaryOperator<ResponseKey.Builder>>>of(
            Map.entry("tenant", key -> key.tenant("other")),
            Map.entry("model", key -> key.model("m2")),
            Map.entry("temperature", key -> key.temperature(0.5)),
            Map.entry("version", key -> key.applicationVersion("2")),
            Map.entry("parameters", key -> key.parameters(Map.of("topP", 0.5))),
            Map.entry("tools", key -> key.tools(List.of("search"))),
            Map.entry("format", key -> key.responseFormat("json")),
            Map.entry("type", key -> key.resultType(Cost.class)),
            Map.entry("part", key -> key.part("documents", "d1")),
            Map.entry(
                "system message",
                key -> key.messages(List.of(
                    Map.of("role", "system", "content", "Be long."),
                    Map.of("role", "user", "content", OTHER_WORDS)))),
            Map.entry(
                "history",
                key -> key.messages(List.of(
                    Map.of("role", "system", "content", "Be brief."),
                    Map.of("role", "user", "content", "Hello"),
                    Map.of("role", "user", "content", OTHER_WORDS)))))
        .map(entry -> Arguments.of(entry.getKey(), entry.getValue()));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("differences")
  void answer_anythingButTheWordingDiffers_isAMiss(
      String what, UnaryOperator<ResponseKey.Builder> difference) {
    try (var responses = builder().build()) {
      responses.get(key(ASKED), () -> "seven");
      ResponseKey different = difference.apply(request(OTHER_WORDS)).build();
      assertThat(different.partition()).as("may be answered by others").isNotNull();
      assertThat(responses.answer(different, () -> "computed").outcome()).isEqualTo(Outcome.MISS);
    }
  }

  @Test
  void answer_anotherTable_isAMiss() {
    try (var responses = fixture.builder().semantic(stage, "ask").build()) {
      responses.get(aboutTable("s1", ASKED), () -> "seven");
      assertThat(responses.answer(aboutTable("s2", OTHER_WORDS), () -> "new").outcome())
          .isEqualTo(Outcome.MISS);
      assertThat(responses.answer(aboutTable("s1", OTHER_WORDS), () -> "new").outcome())
          .isEqualTo(Outcome.SEMANTIC);
    }
  }

  private static ResponseKey aboutTable(String structure, String question) {
    return ResponseKey.builder(new SchemaKey("db", "public", "orders", structure, "ask"))
        .part("question", question)
        .question(question)
        .build();
  }

  @Test
  void answer_anotherNamespace_goesByItsExactKeyAndKeepsNothingOfTheQuestion() {
    try (var responses = builder().build()) {
      var first = ResponseKey.builder("faq").part("q", ASKED).question(ASKED).build();
      var second = ResponseKey.builder("faq")
          .part("q", OTHER_WORDS)
          .question(OTHER_WORDS)
          .build();
      responses.get(first, () -> "seven");
      assertThat(responses.answer(second, () -> "computed").outcome()).isEqualTo(Outcome.MISS);
      CachedResponse stored = fixture.cache().get(first.text().orElseThrow());
      assertThat(stored.question()).isNull();
      assertThat(stored.meaning()).isNull();
    }
  }

  /** What stands in a second place of the key would be free to differ there too. */
  @Test
  void partition_questionThatIsAlsoAnotherPart_isNone() {
    assertThat(request("Rome").part("city", "Rome").build().partition()).isNull();
    assertThat(request("user").build().partition()).isNull();
    assertThat(request("Rome").part("city", "Paris").build().partition()).isNotNull();
  }

  @Test
  void partition_questionThatIsTheTenantOrTheModel_keepsThemApart() {
    ResponseKey acme =
        ResponseKey.builder("chat").tenant("acme").question("acme").build();
    assertThat(acme.partition()).isNull();
    assertThat(ResponseKey.builder("chat").model("m").question("m").build().partition())
        .isNull();
    ResponseKey first =
        ResponseKey.builder("chat").tenant("a").part("q", "a").question("a").build();
    ResponseKey second =
        ResponseKey.builder("chat").tenant("b").part("q", "b").question("b").build();
    assertThat(first.partition()).isNotNull().isNotEqualTo(second.partition());
  }

  @Test
  void partition_questionInsideALongerText_isNone() {
    assertThat(ResponseKey.builder("chat")
            .part("prompt", "Answer: " + ASKED)
            .question(ASKED)
            .build()
            .partition())
        .isNull();
    assertThat(request(" ").build().partition()).isNull();
  }

  @Test
  void answer_expiredNeighbour_isAMiss() {
    try (var responses = builder().timeToLive(Duration.ofMinutes(5)).build()) {
      responses.get(key(ASKED), () -> "seven");
      fixture.clock.advance(Duration.ofMinutes(5));
      assertThat(responses.answer(key(OTHER_WORDS), () -> "new").outcome()).isEqualTo(Outcome.MISS);
    }
  }

  @Test
  void answer_expiredNeighbours_doNotHideOneThatLives() {
    try (var responses = builder().build()) {
      // Without the cache, so that none is answered with another's answer.
      for (int marks = 1; marks <= 8; marks++) {
        responses
            .with(CallPolicy.DEFAULT.withNoCache().withTimeToLive(Duration.ofMinutes(1)))
            .get(key(ASKED + "?".repeat(marks)), () -> "old");
      }
      responses.with(CallPolicy.DEFAULT.withNoCache()).get(key(ASKED), () -> "seven");
      fixture.clock.advance(Duration.ofMinutes(1));
      assertThat(responses.get(key(OTHER_WORDS), () -> "new")).isEqualTo("seven");
    }
  }

  @Test
  void answer_removedNeighbour_isAMissAndForgotten() {
    try (var responses = builder().build()) {
      responses.get(key(ASKED), () -> "seven");
      fixture.cache().removeAll();
      assertThat(responses.answer(key(OTHER_WORDS), () -> "new").outcome()).isEqualTo(Outcome.MISS);
      assertThat(stage.size()).isEqualTo(1);
    }
  }

  @Test
  void with_maxAge_countsTheAgeOfTheNeighbour() {
    try (var responses = builder().build()) {
      responses.get(key(ASKED), () -> "seven");
      fixture.clock.advance(Duration.ofMinutes(10));
      var strict = responses.with(CallPolicy.DEFAULT.withMaxAge(Duration.ofMinutes(9)));
      var lenient =
          responses.with(CallPolicy.DEFAULT.withMaxAge(Duration.ofMinutes(10)).withNoStore());
      assertThat(lenient.answer(key(OTHER_WORDS), () -> "new").outcome())
          .isEqualTo(Outcome.SEMANTIC);
      assertThat(strict.answer(key(OTHER_WORDS), () -> "new").outcome()).isEqualTo(Outcome.MISS);
    }
  }

  @Test
  void with_noCache_asksAnewAndIsFoundByOtherWords() {
    try (var responses = builder().build()) {
      responses.get(key(ASKED), () -> "seven");
      var anew = responses.with(CallPolicy.DEFAULT.withNoCache());
      assertThat(anew.answer(key(OTHER_WORDS), () -> "eight").outcome())
          .isEqualTo(Outcome.BYPASSED);
      CachedResponse stored = fixture.cache().get(key(OTHER_WORDS).text().orElseThrow());
      assertThat(stored.meaning()).isNotNull();
    }
  }

  @Test
  void with_noStore_readsOtherWordsAndLeavesNothing() {
    try (var responses = builder().build()) {
      responses.with(CallPolicy.DEFAULT.withNoStore()).get(key(ASKED), () -> "seven");
      assertThat(stage.size()).isZero();
      responses.get(key(ASKED), () -> "seven");
      var reading = responses.with(CallPolicy.DEFAULT.withNoStore());
      assertThat(reading.answer(key(OTHER_WORDS), () -> "new").outcome())
          .isEqualTo(Outcome.SEMANTIC);
      assertThat(stage.size()).isEqualTo(1);
    }
  }

  @Test
  void with_onlyIfCached_findsOtherWordsAndCallsForNoOthers() {
    try (var responses = builder().build()) {
      responses.get(key(ASKED), () -> "seven");
      var reading = responses.with(CallPolicy.DEFAULT.withOnlyIfCached());
      assertThat(reading.answer(key(OTHER_WORDS), () -> "new").value()).isEqualTo("seven");
      assertThatExceptionOfType(NotCachedException.class)
          .isThrownBy(() -> reading.answer(key(ANOTHER), () -> "new"));
      assertThat(responses.find(key(OTHER_WORDS)))
          .as("looks at the exact key only")
          .isEmpty();
    }
  }

  @Test
  void answerAsync_otherWords_isASemanticHit() {
    try (var responses = builder().build()) {
      responses.get(key(ASKED), () -> "seven");
      Answer<String> hit = responses
          .answerAsync(key(OTHER_WORDS), () -> CompletableFuture.completedFuture("new"))
          .join();
      assertThat(hit.value()).isEqualTo("seven");
      assertThat(hit.outcome()).isEqualTo(Outcome.SEMANTIC);
      assertThat(responses
              .answerAsync(key(ANOTHER), () -> CompletableFuture.completedFuture("five"))
              .join()
              .outcome())
          .isEqualTo(Outcome.MISS);
    }
  }

  @Test
  void answerAll_someInOtherWords_callsForTheRest() {
    try (var responses = builder().build()) {
      responses.get(key(ASKED), () -> "seven");
      var called = new ArrayList<String>();
      Map<String, Answer<String>> answers =
          responses.answerAll(List.of(OTHER_WORDS, ANOTHER), SemanticHitsTest::key, questions -> {
            called.addAll(questions);
            var all = new HashMap<String, String>();
            questions.forEach(question -> all.put(question, "five"));
            return all;
          });
      assertThat(called).containsExactly(ANOTHER);
      assertThat(answers.get(OTHER_WORDS).outcome()).isEqualTo(Outcome.SEMANTIC);
      assertThat(answers.get(ANOTHER).outcome()).isEqualTo(Outcome.MISS);
    }
  }

  @Test
  void stream_otherWords_replaysTheOriginalChunks() throws Exception {
    try (var responses = builder().build()) {
      hear(responses, key(ASKED), "sev", "en");
      Heard heard = hear(responses, key(OTHER_WORDS), "computed");
      assertThat(heard.chunks).containsExactly("sev", "en");
      assertThat(heard.end.join().outcome()).isEqualTo(Outcome.SEMANTIC);
    }
  }

  private static Heard hear(ResponseCache<String> responses, ResponseKey key, String... chunks) {
    var heard = new Heard();
    responses.stream(
        key,
        sink -> {
          for (String chunk : chunks) {
            sink.chunk(chunk);
          }
          sink.complete(String.join("", chunks));
        },
        heard);
    heard.end.join();
    return heard;
  }

  private static final class Heard implements StreamListener<String> {
    private final List<String> chunks = new ArrayList<>();
    private final CompletableFuture<Answer<String>> end = new CompletableFuture<>();

    @Override
    public void onChunk(String text) {
      chunks.add(text);
    }

    @Override
    public void onComplete(Answer<String> answer) {
      end.complete(answer);
    }

    @Override
    public void onError(Throwable failure) {
      end.completeExceptionally(failure);
    }
  }

  @Test
  void build_afterARestart_findsWhatIsInTheCache() {
    try (var responses = builder().build()) {
      responses.get(key(ASKED), () -> "seven");
    }
    var afterwards = new WordsStage();
    try (var responses = fixture.builder().semantic(afterwards, "chat").build()) {
      assertThat(responses.answer(key(OTHER_WORDS), () -> "new").outcome())
          .isEqualTo(Outcome.SEMANTIC);
    }
  }

  @Test
  void answer_whileTheIndexIsBeingFilled_isAMiss() {
    try (var responses = builder().build()) {
      responses.get(key(ASKED), () -> "seven");
    }
    var walks = new ArrayList<Runnable>();
    try (var responses = builder().purgeExecutor(walks::add).build()) {
      var policy = responses.with(CallPolicy.DEFAULT.withNoStore());
      assertThat(policy.answer(key(OTHER_WORDS), () -> "new").outcome()).isEqualTo(Outcome.MISS);
      assertThat(walks).hasSize(1);
      walks.get(0).run();
      assertThat(policy.answer(key(OTHER_WORDS), () -> "new").outcome())
          .isEqualTo(Outcome.SEMANTIC);
    }
  }

  @Test
  void redact_questionItWouldChange_isNeitherStoredNorAnswered() {
    try (var responses = builder()
        .redact(text -> text.replace("orders", "[THING]").replace("Orders", "[THING]"))
        .build()) {
      responses.get(key(ASKED), () -> "seven");
      assertThat(responses.answer(key(OTHER_WORDS), () -> "new").outcome()).isEqualTo(Outcome.MISS);
      assertThat(fixture.cache().get(key(ASKED).text().orElseThrow()).question())
          .isNull();
    }
  }

  @Test
  void erase_tenant_leavesNothingOfHisQuestions() {
    try (var responses = builder().build()) {
      responses.get(key(ASKED), () -> "seven");
      responses.get(request(ASKED).tenant("other").build(), () -> "eight");
      assertThat(responses.erase("acme")).isEqualTo(1);
      assertThat(stage.size()).isEqualTo(1);
    }
  }

  @Test
  void reportWrong_removesTheEntryAndCountsAgainstTheNamespace() {
    try (var responses = builder().build()) {
      responses.get(key(ASKED), () -> "seven");
      Answer<String> hit = responses.answer(key(OTHER_WORDS), () -> "new");
      assertThat(responses.reportWrong(hit.match())).isTrue();
      assertThat(responses.reportWrong(hit.match())).isFalse();
      assertThat(stage.learnt).containsExactly(false, false);
      assertThat(responses.answer(key(OTHER_WORDS), () -> "new").outcome()).isEqualTo(Outcome.MISS);
    }
  }

  @Test
  void answer_stageThatFails_isAMissAndLeavesTheStageAloneForAWhile() {
    stage.failure = new UnsatisfiedLinkError("no library for this processor");
    try (var responses = builder().build()) {
      for (int call = 0; call < 10; call++) {
        String question = "Question " + call;
        assertThat(responses.answer(key(question), () -> "new").outcome()).isEqualTo(Outcome.MISS);
        assertThat(responses.answer(key(question), () -> "new").outcome()).isEqualTo(Outcome.HIT);
      }
      // One look-up and one writing each, until five have failed.
      assertThat(responses.statistics().semantic().failures()).isEqualTo(5);
      assertThat(responses.statistics().stored()).isEqualTo(10);
    }
  }

  /** An entry that says of itself that it belongs to another tenant's partition. */
  @Test
  void answer_entryThatClaimsAnotherTenantsPartition_isNotReached() {
    ResponseKey mine = key(OTHER_WORDS);
    ResponseKey theirs = request(ASKED).tenant("attacker").build();
    String claimed = Place.mark(mine.partition());
    try (var responses = builder().build()) {
      responses.get(theirs, () -> "poison");
      String entry = theirs.text().orElseThrow();
      CachedResponse stored = fixture.cache().get(entry);
      fixture
          .cache()
          .put(
              entry,
              CachedResponse.of(
                  stored.codec(),
                  stored.payload(),
                  stored.createdAtMillis(),
                  stored.expiresAtMillis(),
                  0,
                  null,
                  null,
                  null,
                  ASKED,
                  new Meaning(claimed, stored.meaning().vector())));
    }
    var afterwards = new WordsStage();
    try (var responses = fixture.builder().semantic(afterwards, "chat").build()) {
      assertThat(responses.answer(mine, () -> "right").value()).isEqualTo("right");
      assertThat(responses.statistics().semantic().questions()).isEqualTo(2);
    }
  }

  @Test
  void answer_manyAtOnce_readTheQuestionOnceAndShareTheHit() throws Exception {
    try (var responses = builder().build()) {
      responses.get(key(ASKED), () -> "seven");
      int before = stage.reads.get();
      var pool = Executors.newFixedThreadPool(8);
      try {
        var answers = new ArrayList<CompletableFuture<String>>();
        for (int caller = 0; caller < 8; caller++) {
          answers.add(CompletableFuture.supplyAsync(
              () -> responses.get(key(OTHER_WORDS), () -> "computed"), pool));
        }
        assertThat(answers).allSatisfy(answer -> assertThat(answer.join()).isEqualTo("seven"));
      } finally {
        pool.shutdown();
      }
      ResponseStatistics now = responses.statistics();
      assertThat(now.semantic().hits() + now.coalesced()).isEqualTo(8);
      assertThat(now.misses()).isEqualTo(1);
      assertThat((long) stage.reads.get() - before).isEqualTo(now.semantic().hits());
    }
  }

  @Test
  void semantic_withoutANamespace_isRefused() {
    assertThatIllegalArgumentException().isThrownBy(() -> fixture.builder().semantic(stage));
  }

  @Test
  void judge_answerThatWasNotSureEnough_isComparedWithWhatTheCallBrought() {
    var judged = new ArrayList<String>();
    try (var responses = builder()
        .judge(
            (question, answer, otherQuestion, otherAnswer) -> {
              judged.add(question + answer + otherQuestion + otherAnswer);
              return answer.equals(otherAnswer);
            },
            0)
        .build()) {
      responses.get(key(ASKED), () -> "seven");
      assertThat(stage.learnt).as("nothing was there").isEmpty();
      assertThat(responses.answer(key(ANOTHER), () -> "five").outcome()).isEqualTo(Outcome.MISS);
      assertThat(judged).containsExactly(ANOTHER + "five" + ASKED + "seven");
      assertThat(stage.learnt).containsExactly(false);
      responses.get(key("How many orders are shut?"), () -> "five");
      assertThat(stage.learnt).hasSize(2);
      assertThat(responses.answer(key(OTHER_WORDS), () -> "new").outcome())
          .isEqualTo(Outcome.SEMANTIC);
      assertThat(responses.statistics().semantic().judged()).isEqualTo(2);
    }
  }

  @Test
  void judge_auditShare_callsForThatShareOfWhatWouldBeServed() {
    try (var responses =
        builder().judge((question, answer, other, otherAnswer) -> true, 0.25).build()) {
      responses.get(key(ASKED), () -> "seven");
      var reading = responses.with(CallPolicy.DEFAULT.withOnlyIfCached());
      var outcomes = new ArrayList<Outcome>();
      for (int asked = 0; asked < 8; asked++) {
        assertThat(reading.answer(key(OTHER_WORDS), () -> "new").outcome())
            .as("who must not call is not audited")
            .isEqualTo(asked < 4 ? Outcome.SEMANTIC : Outcome.HIT);
        outcomes.add(responses.answer(key(OTHER_WORDS), () -> "seven").outcome());
      }
      // The fourth is called for, and stored; from then on the key itself is there.
      assertThat(outcomes.subList(0, 5))
          .containsExactly(
              Outcome.SEMANTIC, Outcome.SEMANTIC, Outcome.SEMANTIC, Outcome.MISS, Outcome.HIT);
      assertThat(stage.learnt).containsExactly(true);
    }
  }

  @Test
  void judge_thatFails_isCountedAndDisturbsNobody() {
    try (var responses = builder()
        .judge(
            (question, answer, otherQuestion, otherAnswer) -> {
              throw new java.io.IOException("the judge is out");
            },
            0)
        .build()) {
      responses.get(key(ASKED), () -> "seven");
      assertThat(responses.get(key(ANOTHER), () -> "five")).isEqualTo("five");
      assertThat(stage.learnt).isEmpty();
      assertThat(responses.statistics().semantic().failures()).isEqualTo(1);
      assertThat(responses.statistics().stored()).isEqualTo(2);
    }
  }

  /** A judge that takes long holds up nobody, and does not make a queue without end. */
  @Test
  void judge_thatIsSlow_hasAtMostSixteenWaiting() {
    var background = new ArrayList<Runnable>();
    try (var responses = builder()
        .judge((question, answer, otherQuestion, otherAnswer) -> true, 0)
        .purgeExecutor(background::add)
        .build()) {
      responses.get(key(ASKED), () -> "seven");
      background.remove(0).run(); // the walk
      for (int call = 0; call < 30; call++) {
        responses.get(key("How many orders are " + call + "?"), () -> "five");
      }
      assertThat(background).hasSize(16);
      background.forEach(Runnable::run);
      assertThat(stage.learnt).hasSize(16);
    }
  }

  @Test
  void judge_auditShareOutOfRange_isRefused() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> builder().judge((question, answer, other, otherAnswer) -> true, 1.1));
  }
}
