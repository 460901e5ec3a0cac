package io.holdfast.semantic.stage;

import static io.holdfast.semantic.stage.FileFixture.key;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.holdfast.response.Answer;
import io.holdfast.response.CachedResponse;
import io.holdfast.response.Meaning;
import io.holdfast.response.Outcome;
import io.holdfast.response.ResponseCache;
import io.holdfast.response.ResponseKey;
import io.holdfast.response.spi.SemanticScope;
import io.holdfast.semantic.RealModel;
import io.holdfast.semantic.calibrate.Evidence;
import io.holdfast.semantic.minilm.MiniLmEmbedder;
import io.holdfast.semantic.pairs.LabelledPair;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The stage as it is used: the real model, the real verifier, a real file. */
@ExtendWith(RealModel.class)
class SemanticAnswersTest {
  private static final String ASKED = "How many customers placed an order in 2023?";
  private static final String OTHER_WORDS = "What is the number of customers who ordered in 2023?";
  /** Of the verifier; what the shipped evidence proves for 2 % is 2.56. */
  private static final double SURE = 2.56;

  private final MiniLmEmbedder embedder;

  @TempDir
  private Path directory;

  private FileFixture file;

  SemanticAnswersTest(MiniLmEmbedder embedder) {
    this.embedder = embedder;
  }

  @BeforeEach
  void open() {
    file = new FileFixture(directory.resolve("answers.db"));
  }

  @AfterEach
  void close() {
    file.close();
  }

  private void reopen() {
    file.close();
    file = new FileFixture(directory.resolve("answers.db"));
  }

  private SemanticAnswers stage() {
    return SemanticAnswers.verified(embedder).evidence(file.evidence).build();
  }

  private ResponseCache<String> responses(SemanticAnswers stage) {
    return ResponseCache.over(file.answers)
        .name("answers")
        .purgeExecutor(Runnable::run)
        .semantic(stage, "chat")
        .build();
  }

  /** As if so many pairs had been judged, and all of them right. */
  private static void prove(SemanticAnswers stage) {
    stage
        .scopesOf("answers")
        .scope("chat")
        .learn(Collections.nCopies(368, new Evidence(SURE, true)), /* looks= */ true);
    assertThat(stage.scope("answers", "chat").isOpen()).isTrue();
  }

  private Outcome ask(ResponseCache<String> responses, String question) {
    return responses.answer(key(question), () -> "another").outcome();
  }

  @Test
  void answer_withoutEvidence_servesExactKeysOnly() {
    try (var responses = responses(stage())) {
      responses.get(key(ASKED), () -> "seven");
      assertThat(ask(responses, OTHER_WORDS)).isEqualTo(Outcome.MISS);
      assertThat(responses.statistics().semantic().refused()).isEqualTo(1);
      assertThat(responses.statistics().semantic().scopes())
          .singleElement()
          .satisfies(scope -> assertThat(scope.isOpen()).isFalse());
    }
  }

  @Test
  void answer_provenNamespace_servesOtherWords() {
    SemanticAnswers stage = stage();
    prove(stage);
    try (var responses = responses(stage)) {
      responses.get(key(ASKED), () -> "seven");
      Answer<String> hit = responses.answer(key(OTHER_WORDS), () -> "another");
      assertThat(hit.outcome()).isEqualTo(Outcome.SEMANTIC);
      assertThat(hit.value()).isEqualTo("seven");
      assertThat(hit.match().score()).isGreaterThan(SURE);
      assertThat(hit.match().similarity()).isBetween(0.7, 1.0);
    }
  }

  @Test
  void answer_afterARestart_findsAnswersAndRemembersWhatWasProven() {
    SemanticAnswers stage = stage();
    prove(stage);
    try (var responses = responses(stage)) {
      responses.get(key(ASKED), () -> "seven");
    }
    reopen();
    try (var responses = responses(stage())) {
      assertThat(ask(responses, OTHER_WORDS)).isEqualTo(Outcome.SEMANTIC);
      assertThat(responses.statistics().semantic().questions()).isEqualTo(1);
    }
  }

  @Test
  void reportWrong_servedAnswer_isGoneAndItsNamespaceCloses() {
    SemanticAnswers stage = stage();
    prove(stage);
    try (var responses = responses(stage)) {
      responses.get(key(ASKED), () -> "seven");
      Answer<String> hit = responses.answer(key(OTHER_WORDS), () -> "another");
      assertThat(responses.reportWrong(hit.match())).isTrue();
      assertThat(ask(responses, ASKED)).isEqualTo(Outcome.MISS);
      assertThat(ask(responses, OTHER_WORDS)).isEqualTo(Outcome.MISS);
    }
    reopen();
    SemanticScope remembered = stage().scope("answers", "chat");
    assertThat(remembered.isOpen()).isFalse();
    assertThat(remembered.evidence()).isEqualTo(369);
  }

  @Test
  void build_withAStricterPromise_closesWhatWasProvenForALaxerOne() {
    prove(stage());
    SemanticAnswers stricter = SemanticAnswers.verified(embedder)
        .maxFalseHitRate(0.005)
        .evidence(file.evidence)
        .build();
    assertThat(stricter.scope("answers", "chat").isOpen()).isFalse();
  }

  @Test
  void scope_ofAnotherJudge_knowsNothingOfTheseScores() {
    prove(stage());
    SemanticAnswers cosine =
        SemanticAnswers.guardedCosine(embedder).evidence(file.evidence).build();
    assertThat(cosine.scope("answers", "chat").evidence()).isZero();
    assertThat(stage().scope("answers", "other").evidence()).isZero();
  }

  @Test
  void onChange_scopeOpensAndCloses_isTold() {
    var heard = new ArrayList<SemanticScope>();
    SemanticAnswers stage =
        SemanticAnswers.verified(embedder).onChange(heard::add).build();
    prove(stage);
    stage.open("answers").learn("chat", SURE, false);
    assertThat(heard).extracting(SemanticScope::isOpen).containsExactly(true, false);
  }

  @Test
  void answer_anotherTenantsSameQuestion_isNeverReached() {
    SemanticAnswers stage = stage();
    prove(stage);
    try (var responses = responses(stage)) {
      responses.get(key("attacker", ASKED), () -> "poison");
      responses.get(key("attacker", OTHER_WORDS + " "), () -> "poison");
      assertThat(responses.get(key("acme", OTHER_WORDS), () -> "right")).isEqualTo("right");
    }
  }

  @ParameterizedTest(name = "{1}")
  @CsvSource(
      delimiter = '|',
      value = {
        "How many customers placed an order in 2023?|How many customers placed an order in 2024?",
        "List the 10 most expensive products.|List the 11 most expensive products.",
        "Which employees have a laptop?|Which employees do not have a laptop?",
        "Which orders were paid?|Which orders were unpaid?",
        "Which flights go from Oslo to Rome?|Which flights go from Rome to Oslo?",
        "Is the Postgres import faster than the MySQL import?|Is the MySQL import faster than the Postgres import?",
        "How do I enable the nightly backup?|How do I disable the nightly backup?",
        "Make requests time out after 60 seconds.|Make requests time out after 60 minutes.",
        "What is the highest price of a product?|What is the lowest price of a product?",
        "Show the orders of Alice.|Show the orders of Bob.",
        "How many customers placed an order in 2023?|Wie viele Kunden haben 2023 bestellt?",
        "How many customers placed an order in 2023?|Combien de clients ont passé commande en 2023 ?"
      })
  void answer_nearButAnotherQuestion_isAMiss(String stored, String asked) {
    SemanticAnswers stage = stage();
    prove(stage);
    try (var responses = responses(stage)) {
      responses.get(key(stored), () -> "answer");
      assertThat(ask(responses, asked)).isEqualTo(Outcome.MISS);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"?", "   ?   ", "\u0000\uD800", "SELECT 1; -- '", "42"})
  void answer_questionsThatAreNone_areMissesAndCountNoFailure(String question) {
    SemanticAnswers stage = stage();
    prove(stage);
    try (var responses = responses(stage)) {
      responses.get(key(ASKED), () -> "seven");
      assertThat(ask(responses, question)).isEqualTo(Outcome.MISS);
      assertThat(ask(responses, question)).isEqualTo(Outcome.HIT);
      assertThat(responses.statistics().semantic().failures()).isZero();
    }
  }

  @Test
  void answer_hugeQuestions_goByTheirExactKey() {
    SemanticAnswers stage = stage();
    prove(stage);
    String huge = "How many customers placed an order? ".repeat(3_000);
    try (var responses = responses(stage)) {
      responses.get(key(huge), () -> "seven");
      assertThat(ask(responses, huge + "?")).isEqualTo(Outcome.MISS);
      assertThat(ask(responses, huge)).isEqualTo(Outcome.HIT);
      assertThat(file.answers.get(key(huge).text().orElseThrow()).meaning()).isNull();
      assertThat(responses.statistics().semantic().questions()).isZero();
    }
  }

  /** One wrote a vector into the file that is not its question's, to be found by another. */
  @Test
  void answer_entryWithAnotherQuestionsVector_isNotServed() {
    SemanticAnswers stage = stage();
    prove(stage);
    ResponseKey lured = key("How many employees left in 2021?");
    try (var responses = responses(stage)) {
      responses.get(lured, () -> "poison");
      responses.get(key(ASKED), () -> "seven");
    }
    String entry = lured.text().orElseThrow();
    CachedResponse poison = file.answers.get(entry);
    CachedResponse right = file.answers.get(key(ASKED).text().orElseThrow());
    file.answers.put(entry, withMeaning(poison, poison.question(), right.meaning()));
    file.answers.remove(key(ASKED).text().orElseThrow());
    try (var responses = responses(stage)) {
      assertThat(responses.get(key(OTHER_WORDS), () -> "right")).isEqualTo("right");
      assertThat(responses.statistics().semantic().failures()).isZero();
    }
  }

  private static CachedResponse withMeaning(
      CachedResponse response, String question, Meaning meaning) {
    return new CachedResponse(
        response.formatVersion(),
        response.codec(),
        response.payload(),
        response.payloadCrc32c(),
        response.createdAtMillis(),
        response.expiresAtMillis(),
        response.computeMillis(),
        response.cost(),
        response.chunks(),
        response.usage(),
        question,
        meaning);
  }

  @Test
  void verified_embedderOfAnotherModel_isRefused() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> SemanticAnswers.verified(new OtherModel(embedder)));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> SemanticAnswers.guardedCosine(embedder).maxFalseHitRate(1));
  }

  /** Nobody labels anything: what calls bring anyway is compared, until it proves enough. */
  @Test
  void judge_ofTheUsers_gathersEvidenceUntilTheNamespaceOpens() {
    SemanticAnswers stage = SemanticAnswers.verified(embedder)
        .maxFalseHitRate(0.5)
        .evidence(file.evidence)
        .build();
    var outcomes = new ArrayList<Outcome>();
    try (var responses = ResponseCache.over(file.answers)
        .name("answers")
        .purgeExecutor(Runnable::run)
        .semantic(stage, "chat")
        .judge((question, answer, otherQuestion, otherAnswer) -> answer.equals(otherAnswer), 0)
        .build()) {
      for (int tenant = 1; tenant <= 10; tenant++) {
        String name = "tenant " + tenant;
        responses.get(key(name, ASKED), () -> "seven");
        outcomes.add(responses.answer(key(name, OTHER_WORDS), () -> "seven").outcome());
      }
      assertThat(responses.statistics().semantic().judged()).isEqualTo(6);
    }
    assertThat(outcomes.subList(0, 6)).containsOnly(Outcome.MISS);
    assertThat(outcomes.subList(6, 10)).containsOnly(Outcome.SEMANTIC);
    reopen();
    SemanticScope remembered = SemanticAnswers.verified(embedder)
        .maxFalseHitRate(0.5)
        .evidence(file.evidence)
        .build()
        .scope("answers", "chat");
    assertThat(remembered.isOpen()).isTrue();
  }

  @Test
  void learn_labelledPairs_decidesAtOnceByWhatTheyProve() {
    SemanticAnswers stage =
        SemanticAnswers.verified(embedder).maxFalseHitRate(0.5).build();
    var pairs = new ArrayList<LabelledPair>();
    for (int year = 2001; year < 2011; year++) {
      pairs.add(new LabelledPair(
          ASKED.replace("2023", "" + year),
          OTHER_WORDS.replace("2023", "" + year),
          /* shouldMatch= */ true,
          "",
          ""));
    }
    SemanticScope scope = stage.learn("answers", "chat", pairs);
    assertThat(scope.isOpen()).isTrue();
    assertThat(scope.evidence()).isEqualTo(10);
    assertThat(stage.learn("answers", "other", List.of(pairs.get(0))).isOpen()).isFalse();
  }

  /** A file of pairs is read at each start, and proves no more for that. */
  @Test
  void learnOnce_again_alsoAfterARestart_countsOnce() {
    List<LabelledPair> pairs = List.of(
        new LabelledPair(ASKED, OTHER_WORDS, /* shouldMatch= */ true, "", ""),
        new LabelledPair(ASKED, "How many orders are closed?", /* shouldMatch= */ false, "", ""));
    SemanticAnswers first = stage();
    assertThat(first.learnOnce("answers", "chat", "file 1", pairs).evidence()).isEqualTo(2);
    assertThat(first.learnOnce("answers", "chat", "file 1", pairs).evidence()).isEqualTo(2);

    SemanticAnswers restarted = stage();
    assertThat(restarted.learnOnce("answers", "chat", "file 1", pairs).evidence())
        .isEqualTo(2);
    assertThat(restarted.learnOnce("answers", "chat", "file 2", pairs).evidence())
        .isEqualTo(4);
    assertThat(restarted.learnOnce("answers", "other", "file 1", pairs).evidence())
        .isEqualTo(2);
  }
}
