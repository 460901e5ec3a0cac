package io.holdfast.semantic.stage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.holdfast.response.spi.SemanticScope;
import io.holdfast.semantic.calibrate.Evidence;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ScopeTest {
  private static final Promise ONE_PERCENT = new Promise(0.01, 0.95);

  private final List<SemanticScope> heard = new ArrayList<>();
  private long nanos;

  private Scope scope(Promise promise) {
    return new Scope(
        "chat", promise, new EvidenceCache(null, "c", "chat", "j"), heard::add, () -> nanos);
  }

  private static List<Evidence> pairs(int count, double score, boolean isRight) {
    return Collections.nCopies(count, new Evidence(score, isRight));
  }

  @Test
  void confidence_ofAllLooks_addsUpToThePromise() {
    double risk = 0;
    for (int look = 1; look < 10_000; look++) {
      risk += 1 - ONE_PERCENT.confidence(look);
    }
    assertThat(risk).isBetween(0.0499, 0.05);
    assertThat(ONE_PERCENT.calibration(1).needed()).isEqualTo(368);
  }

  @Test
  void serves_withoutEvidence_nothing() {
    Scope scope = scope(ONE_PERCENT);
    assertThat(scope.serves(Double.MAX_VALUE)).isFalse();
    assertThat(scope.state())
        .isEqualTo(new SemanticScope(
            "chat", false, Double.POSITIVE_INFINITY, 0, 0, 0, 368, 1, 0.01, 0.95));
  }

  @Test
  void learn_pairsOneByOne_opensWithTheLastThatIsNeeded() {
    Scope scope = scope(ONE_PERCENT);
    for (int pair = 0; pair < 367; pair++) {
      scope.learn(2, true);
    }
    assertThat(scope.serves(2)).isFalse();
    scope.learn(2, true);
    assertThat(scope.serves(2)).isTrue();
    assertThat(scope.serves(1.99)).isFalse();
    assertThat(heard).hasSize(1).first().satisfies(state -> {
      assertThat(state.isOpen()).isTrue();
      assertThat(state.served()).isEqualTo(368);
      assertThat(state.upperBound()).isBetween(0.0099, 0.01);
    });
  }

  @Test
  void learn_wrongAboveTheThreshold_closesAtOnce() {
    Scope scope = scope(ONE_PERCENT);
    scope.learn(pairs(368, 2, true), true);
    scope.learn(1.5, false);
    assertThat(scope.serves(2)).as("wrong ones below do not matter").isTrue();
    scope.learn(2.5, false);
    assertThat(scope.serves(3)).isFalse();
    assertThat(heard).extracting(SemanticScope::isOpen).containsExactly(true, false);
  }

  @Test
  void learn_wrongAmongPlentyOfRight_staysOpenWhileTheBoundHolds() {
    Scope scope = scope(ONE_PERCENT);
    scope.learn(pairs(1_000, 2, true), true);
    int reports = 0;
    while (scope.serves(2)) {
      assertThat(scope.state().upperBound()).isLessThanOrEqualTo(0.01);
      scope.learn(2, false);
      reports++;
    }
    assertThat(reports).isEqualTo(4);
  }

  @Test
  void learn_closedScope_opensAgainOnlyWithMuchMoreEvidence() {
    Scope scope = scope(ONE_PERCENT);
    scope.learn(pairs(400, 2, true), true);
    scope.learn(2, false);
    for (int pair = 401; pair < 599; pair++) {
      scope.learn(3, true);
      assertThat(scope.serves(3)).isFalse();
    }
    for (int pair = 599; pair < 900; pair++) {
      scope.learn(3, true);
    }
    assertThat(scope.serves(3)).isTrue();
  }

  @Test
  void learn_whatWasNotJudged_doesNotCount() {
    Scope scope = scope(ONE_PERCENT);
    scope.learn(Double.NEGATIVE_INFINITY, true);
    scope.learn(Double.NaN, true);
    assertThat(scope.state().evidence()).isZero();
  }

  /** The reason to spend confidence: at a rate just above the promise, looking after each growth finds luck in the end. */
  @Test
  void learn_trafficThatBreaksThePromise_opensAsRarelyAsPromised() {
    var random = new Random(20261121);
    var promise = new Promise(0.05, 0.9);
    int opened = 0;
    int runs = 300;
    for (int run = 0; run < runs; run++) {
      Scope scope = scope(promise);
      heard.clear();
      for (int pair = 0; pair < 1_500 && heard.isEmpty(); pair++) {
        scope.learn(random.nextDouble(), random.nextDouble() >= 0.051);
      }
      opened += heard.isEmpty() ? 0 : 1;
    }
    // 10 % are promised; that so few would be a hundred
    // and thirty happens once in a thousand times.
    assertThat(opened).isBetween(1, 130);
  }

  @Test
  void promise_outOfRange_isRefused() {
    assertThatIllegalArgumentException().isThrownBy(() -> new Promise(0, 0.95));
    assertThatIllegalArgumentException().isThrownBy(() -> new Promise(0.01, 1));
  }

  @Test
  void parse_whatCannotBe_isClosed() {
    for (String text : List.of("", "1 2 3", "a 2 3 4", "1 2 3 4 5")) {
      assertThat(Standing.parse(text)).isEqualTo(Standing.NEW);
    }
    var standing = new Standing(2, 500, 1.25, 0.99);
    assertThat(Standing.parse(standing.text())).isEqualTo(standing);
    assertThat(Standing.parse(standing.closed().text()).isOpen()).isFalse();
  }

  @Test
  void serves_whatAnotherProcessHasHeardIsWrong_ceasesWithinSeconds(@TempDir Path directory) {
    try (var file = new FileFixture(directory.resolve("answers.db"))) {
      Scope first = scopeIn(file);
      first.learn(pairs(368, 2, true), true);
      Scope second = scopeIn(file);
      assertThat(second.serves(2)).isTrue();
      first.learn(2, false);
      nanos += TimeUnit.SECONDS.toNanos(Scope.REFRESH_SECONDS) - 1;
      assertThat(second.serves(2)).isTrue();
      nanos++;
      assertThat(second.serves(2)).isFalse();
      assertThat(second.state().evidence()).isEqualTo(369);
      assertThat(heard).extracting(SemanticScope::isOpen).containsExactly(true, false, false);
    }
  }

  private Scope scopeIn(FileFixture file) {
    return new Scope(
        "chat",
        ONE_PERCENT,
        new EvidenceCache(file.evidence, "c", "chat", "j"),
        heard::add,
        () -> nanos);
  }
}
