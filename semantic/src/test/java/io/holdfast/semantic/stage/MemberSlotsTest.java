package io.holdfast.semantic.stage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;

class MemberSlotsTest {
  private static final long SEED = 20261121;

  private final MemberSlots slots = new MemberSlots();

  private static String member(Random random) {
    var digits = new StringBuilder();
    for (int i = 0; i < 64; i++) {
      digits.append(Character.forDigit(random.nextInt(16), 16));
    }
    return digits.toString();
  }

  /** Members that share their first bits, so that they crowd the same places of the table. */
  private static String crowded(Random random) {
    return "%014x%02x%048x".formatted(0, random.nextInt(4), random.nextInt(200));
  }

  @Test
  void addAndRemove_anyOrder_agreesWithAMap() {
    for (int seed = 0; seed < 8; seed++) {
      agreesWithAMap(new Random(SEED + seed), seed % 2 == 0);
    }
  }

  private static void agreesWithAMap(Random random, boolean crowded) {
    var slots = new MemberSlots();
    Map<String, Integer> model = new HashMap<>();
    for (int step = 0; step < 2_000; step++) {
      String member = crowded ? crowded(random) : member(random);
      if (random.nextInt(3) > 0 || model.isEmpty()) {
        MemberSlots.Slot slot = slots.add(member);
        assertThat(slot.isNew()).isEqualTo(!model.containsKey(member));
        assertThat(model.getOrDefault(member, slot.number())).isEqualTo(slot.number());
        model.put(member, slot.number());
      } else {
        String removed = new ArrayList<>(model.keySet()).get(random.nextInt(model.size()));
        slots.remove(model.remove(removed));
        assertThat(slots.find(removed)).isNegative();
      }
      assertThat(slots.size()).isEqualTo(model.size());
    }
    model.forEach((member, slot) -> {
      assertThat(slots.find(member)).isEqualTo(slot);
      assertThat(slots.member(slot)).isEqualTo(member);
    });
    assertThat(model.values()).doesNotHaveDuplicates();
  }

  @Test
  void add_afterRemoving_takesTheFreePlaces() {
    var random = new Random(SEED);
    var first = new ArrayList<Integer>();
    for (int i = 0; i < 3_000; i++) {
      first.add(slots.add(member(random)).number());
    }
    first.forEach(slots::remove);
    for (int i = 0; i < 3_000; i++) {
      assertThat(slots.add(member(random)).number()).isLessThan(3_000);
    }
  }

  @Test
  void add_whatIsNoMember_isRefused() {
    assertThatIllegalArgumentException().isThrownBy(() -> slots.add("abc"));
    assertThatIllegalArgumentException().isThrownBy(() -> slots.add("x".repeat(64)));
  }
}
