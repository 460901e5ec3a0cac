package io.holdfast.response;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.math.BigDecimal;
import java.time.Duration;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Too many answers: the cheap ones go. */
class AnswerLimitTest {

  private final CacheFixture fixture = new CacheFixture();

  @AfterEach
  void close() {
    fixture.close();
  }

  private static ResponseKey key(String answer) {
    return ResponseKey.builder("test").part("answer", answer).build();
  }

  private Set<String> left() {
    var answers = new TreeSet<String>();
    fixture.cache().forEach(entry -> answers.add(entry.getValue().payload()));
    return answers;
  }

  private ResponseCacheBuilder<String> builder() {
    return fixture
        .builder()
        .costOf(answer -> new Cost(new BigDecimal(answer.replaceAll("\\D", "")), "USD"));
  }

  @Test
  void store_beyondTheLimit_theCheapestGo() {
    try (var responses = builder().maxAnswers(3, "USD").build()) {
      for (String answer : new String[] {"5", "1", "4", "2", "3"}) {
        responses.get(key(answer), () -> answer);
        fixture.clock.advance(Duration.ofSeconds(1));
      }
      assertThat(left()).containsExactly("3", "4", "5");
      assertThat(responses.statistics().purged()).isEqualTo(2);
    }
  }

  @Test
  void store_equalCosts_thoseThatWereQuickestGoThenTheOldest() {
    try (var responses = builder().maxAnswers(2, "USD").build()) {
      responses.get(key("a"), () -> slowly("slow 1"));
      responses.get(key("b"), () -> "old 1");
      fixture.clock.advance(Duration.ofSeconds(1));
      responses.get(key("c"), () -> "new 1");
    }
    assertThat(left()).containsExactly("new 1", "slow 1");
  }

  private String slowly(String answer) {
    fixture.clock.advance(Duration.ofSeconds(1));
    return answer;
  }

  /** Amounts of different units cannot be compared. */
  @Test
  void store_costInAnotherUnit_countsAsNone() {
    try (var responses = builder().maxAnswers(1, "EUR").build()) {
      responses.get(key("a"), () -> slowly("1"));
      responses.get(key("b"), () -> "1000");
    }
    assertThat(left()).containsExactly("1");
  }

  @Test
  void store_expiredAnswer_goesBeforeACheapOne() {
    try (var responses = builder().maxAnswers(1, "USD").build()) {
      responses
          .with(CallPolicy.DEFAULT.withTimeToLive(Duration.ofSeconds(1)))
          .get(key("a"), () -> "1000");
      fixture.clock.advance(Duration.ofSeconds(2));
      responses.get(key("b"), () -> "1");
    }
    assertThat(left()).containsExactly("1");
  }

  @Test
  void store_cacheThatWasFullBefore_isBroughtToTheLimit() {
    try (var unlimited = builder().build()) {
      for (int i = 1; i <= 50; i++) {
        String answer = Integer.toString(i);
        unlimited.get(key(answer), () -> answer);
      }
    }
    try (var responses = builder().maxAnswers(20, "USD").build()) {
      responses.get(key("99"), () -> "99");
    }
    assertThat(left()).hasSize(20).contains("99", "50").doesNotContain("31", "1");
  }

  @Test
  void store_belowTheLimit_nothingGoes() {
    try (var responses = builder().maxAnswers(10, "USD").build()) {
      for (int i = 1; i <= 10; i++) {
        String answer = Integer.toString(i);
        responses.get(key(answer), () -> answer);
      }
    }
    assertThat(left()).hasSize(10);
  }

  @Test
  void maxAnswers_none_isRefused() {
    assertThatIllegalArgumentException().isThrownBy(() -> builder().maxAnswers(0, "USD"));
  }
}
