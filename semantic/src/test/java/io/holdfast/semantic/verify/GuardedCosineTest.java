package io.holdfast.semantic.verify;

import static org.assertj.core.api.Assertions.assertThat;

import io.holdfast.semantic.Embedding;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Guards read the texts; of the vectors only the sentences' count. */
class GuardedCosineTest {
  private final PairJudge judge = GuardedCosine.load();

  private static Embedding embedding(String text) {
    return new Embedding(text, new float[] {0.6f, 0.8f}, List.of(), new float[0][], false);
  }

  private Judgement judge(String a, String b) {
    return judge.judge(embedding(a), embedding(b));
  }

  @Test
  void judge_otherWordsForTheSame_isTheCosine() {
    Judgement judgement =
        judge("How many customers placed an order?", "How many customers ordered something?");
    assertThat(judgement.objections()).isEmpty();
    assertThat(judgement.score()).isBetween(0.9999, 1.0001);
    assertThat(judgement.cosine()).isEqualTo(judgement.score());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "number|List the 10 oldest orders.|List the 11 oldest orders.",
        "negation|Which orders are late?|Which orders are not late?",
        "opposed|Show the highest price.|Show the lowest price.",
        "prefix|Which orders were paid?|Which orders were unpaid?",
        "direction|Copy the files from disk to tape.|Copy the files from tape to disk."
      })
  void judge_differenceThatAGuardSees_isNoScore(String guard, String a, String b) {
    Judgement judgement = judge(a, b);
    assertThat(judgement.objections()).contains(guard);
    assertThat(judgement.score()).isEqualTo(Double.NEGATIVE_INFINITY);
    assertThat(judge(b, a)).isEqualTo(judgement);
  }

  /** Without pieces of words nothing tells a rare word from one of another language. */
  @Test
  void judge_mostlyUnknownWords_isNoScore() {
    String german = "Wie viele Kunden haben letzten Monat etwas bestellt?";
    assertThat(judge(german, german).score()).isEqualTo(Double.NEGATIVE_INFINITY);
  }
}
