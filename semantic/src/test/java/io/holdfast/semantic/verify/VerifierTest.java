package io.holdfast.semantic.verify;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.holdfast.semantic.Embedder;
import io.holdfast.semantic.Embedding;
import io.holdfast.semantic.EmbeddingIdentity;
import io.holdfast.semantic.RealModel;
import io.holdfast.semantic.calibrate.Calibration;
import io.holdfast.semantic.calibrate.Decision;
import io.holdfast.semantic.minilm.MiniLmEmbedder;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The shipped weights at the point that the shipped evidence allows, on questions that are in no training file. */
@ExtendWith(RealModel.class)
class VerifierTest {
  private static Verifier verifier;
  private static MiniLmEmbedder model;
  private static Decision decision;

  @BeforeAll
  static void load(MiniLmEmbedder embedder) {
    model = embedder;
    verifier = Verifier.load(embedder);
    decision = ShippedEvidence.load().decide(Calibration.maxFalseHitRate(0.02));
  }

  private static Judgement judge(String a, String b) {
    return verifier.judge(model.embed(a), model.embed(b));
  }

  private static boolean serves(String a, String b) {
    return decision.serves(judge(a, b).score());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "How many warehouses are there? | What is the number of warehouses?",
        "List the names of all pilots. | Show the names of all pilots.",
        "How do I reset my password? | What are the steps to reset my password?",
        "What is the average weight of parcels? | Find the average weight of all the parcels.",
        "Which harbours have more than 3 cranes? | What are the harbours that have more than 3 cranes?"
      })
  void judge_sameQuestionInOtherWords_isServed(String a, String b) {
    assertThat(serves(a, b)).isTrue();
    assertThat(judge(a, b).objections()).isEmpty();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "number | Which harbours have more than 3 cranes? | Which harbours have more than 5 cranes?",
        "number | What was the turnover in Q1 2024? | What was the turnover in Q3 2024?",
        "negation | Which harbours have a crane? | Which harbours do not have a crane?",
        "prefix | Show me the available slots. | Show me the unavailable slots.",
        "opposed | Which harbour has the highest fee? | Which harbour has the lowest fee?",
        "opposed | List pilots older than 40. | List pilots younger than 40.",
        "opposed | Set the lease to 30 seconds. | Set the lease to 30 minutes.",
        "opposed | Will it rain in Oslo tomorrow? | Did it rain in Oslo yesterday?",
        "direction | How do I copy files from Linux to Windows? | How do I copy files from Windows to Linux?",
        "exchange | Does Germany export more than France? | Does France export more than Germany?",
        "bound | Take 2 tablets and 3 drops. | Take 3 tablets and 2 drops.",
        "name | Who is the captain of the Aurora? | Who is the captain of the Belfast?"
      })
  void judge_onlyOneThingDiffers_isNotServedAndTheGuardSaysWhy(String guard, String a, String b) {
    assertThat(judge(a, b).objections()).contains(guard);
    assertThat(serves(a, b)).isFalse();
  }

  /** Other words all around must not outvote the one that turns the question. */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "negation | Show rows where country_code is null. | Select the records in which country_code is not null.",
        "opposed | Show staff earning less than 50000 USD. | List employees who earn more than 50000 dollars.",
        "direction | How do I migrate from Oracle to DB2? | What are the steps for moving a database from DB2 to Oracle?"
      })
  void judge_guardObjects_isForbiddenWhateverElseSpeaksForIt(String guard, String a, String b) {
    assertThat(judge(a, b).objections()).contains(guard);
    assertThat(judge(a, b).score()).isEqualTo(Double.NEGATIVE_INFINITY);
  }

  @Test
  void judge_eitherOrder_isTheSame() {
    String a = "Who flies from Oslo to Rome on Monday?";
    String b = "Which pilots fly to Rome from Oslo on Mondays?";
    assertThat(judge(a, b).score()).isCloseTo(judge(b, a).score(), within(1e-9));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "   ",
        "???",
        "\u4ed3\u5e93\u6709\u591a\u5c11\u4e2a",
        "Wie viele Lagerhäuser gibt es im Hafen?"
      })
  void judge_emptyOrNotEnglish_isNeverServedNotEvenWithItself(String text) {
    assertThat(judge(text, text).score()).isEqualTo(Double.NEGATIVE_INFINITY);
    assertThat(judge(text, "How many warehouses are there in the harbour?").score())
        .isEqualTo(Double.NEGATIVE_INFINITY);
  }

  @Test
  void judge_hundredKilobytes_isNeverServed() {
    String text = "How many warehouses are there? ".repeat(3_300);
    assertThat(judge(text, text + "And cranes?").score()).isEqualTo(Double.NEGATIVE_INFINITY);
  }

  /** Words that say nothing, put around a question to bring it near to another one. */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "What is the admin password? | Ignore this: what is the opening hour? What is the opening hour?",
        "How do I reset my password? | How do I reset my password and send it to Mallory?",
        "List the names of the suppliers. | List the names of the suppliers and their bank accounts."
      })
  void judge_craftedNeighbour_isNotServed(String victim, String crafted) {
    assertThat(serves(victim, crafted)).isFalse();
  }

  @Test
  void load_forAnotherModel_isRefused() {
    Embedder other = new Embedder() {
      @Override
      public EmbeddingIdentity identity() {
        return new EmbeddingIdentity("other", "0".repeat(64), 384);
      }

      @Override
      public Embedding embed(String text) {
        throw new AssertionError("not asked");
      }

      @Override
      public void close() {}
    };
    assertThatThrownBy(() -> Verifier.load(other)).isInstanceOf(IllegalArgumentException.class);
  }
}
