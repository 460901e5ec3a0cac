package io.holdfast.response;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Two texts with the wording left open are equal exactly if all else is. */
class OpenFormTest {

  private static final long SEED = 20261121;

  record Message(String role, Object content) {}

  private static @Nullable String open(Object parts, Map<String, ?> request, String wording) {
    return OpenForm.of(
        new CanonicalForm().add(ResponseKey.VERSION).add("part").add(parts).text(),
        request.isEmpty() ? "" : new CanonicalForm().addNamed(request).text(),
        "messages",
        wording);
  }

  /** Something with the wording in one place, however deep, beside things that {@code variant} decides. */
  private static Object around(Object wording, Random random, int variant, int depth) {
    if (depth == 0) {
      return wording;
    }
    Object inner = around(wording, random, variant, depth - 1);
    return switch (random.nextInt(5)) {
      case 0 -> List.of(1, inner, "x" + variant);
      case 1 -> Map.of("a", "y" + variant, "text", inner);
      case 2 -> new Message("user" + variant, inner);
      case 3 -> new Object[] {inner, variant};
      default -> Set.of(inner);
    };
  }

  @Test
  void of_otherWordingAnywhere_isTheSameText() {
    for (int round = 0; round < 2000; round++) {
      int seed = round;
      String first = open(around("why?", new Random(SEED + seed), 1, 5), Map.of(), "why?");
      String second = open(
          around("for what reason?", new Random(SEED + seed), 1, 5), Map.of(), "for what reason?");
      assertThat(first).as("round %s", round).isNotNull().isEqualTo(second);
    }
  }

  @Test
  void of_anythingElseDifferent_isAnotherText() {
    int compared = 0;
    for (int round = 0; round < 2000; round++) {
      Object one = around("why?", new Random(SEED + round), 1, 5);
      Object two = around("why?", new Random(SEED + round), 2, 5);
      boolean same = new CanonicalForm()
          .add(one)
          .text()
          .equals(new CanonicalForm().add(two).text());
      if (!same) {
        assertThat(open(one, Map.of(), "why?")).isNotEqualTo(open(two, Map.of(), "why?"));
        compared++;
      }
    }
    assertThat(compared).isGreaterThan(1900);
  }

  @Test
  void of_wordingAsANameOrUnderAnotherNameOfTheRequest_isNotThere() {
    assertThat(open(Map.of("why?", "x"), Map.of(), "why?")).isNull();
    assertThat(open("x", Map.of("model", "why?"), "why?")).isNull();
    assertThat(open("x", Map.of("messages", List.of("why?"), "model", "why?"), "why?"))
        .isNotNull();
  }

  @Test
  void of_wordingTwiceOrNowhere_isNone() {
    assertThat(open(List.of("why?", "why?"), Map.of(), "why?")).isNull();
    assertThat(open("why?", Map.of("messages", List.of("why?")), "why?")).isNull();
    assertThat(open("why so?", Map.of(), "why?")).isNull();
  }

  /** A wording that is made to look like canonical text opens nothing. */
  @Test
  void of_wordingThatLooksLikeCanonicalText_isOneString() {
    String crafted = "s4:why?q0:";
    assertThat(open(List.of("why?", crafted), Map.of(), crafted))
        .isNotNull()
        .isNotEqualTo(open(List.of("why?", "why?!"), Map.of(), "why?!").replace("why?", "where"));
    assertThat(open(List.of("q0:", crafted), Map.of(), crafted))
        .isNotEqualTo(open(List.of(crafted, "q0:"), Map.of(), crafted));
  }
}
