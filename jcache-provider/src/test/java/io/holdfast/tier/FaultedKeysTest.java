package io.holdfast.tier;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashSet;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

final class FaultedKeysTest {
  private final AtomicLong limit = new AtomicLong(100);
  private final FaultedKeys<String> faulted = new FaultedKeys<>(limit::get);

  private String mark(int number) {
    return faulted.mark("key " + number, new FaultedKeys.Mark(1, number, 10_000, 10_000, 0));
  }

  @Test
  void mark_upToTheLimit_takesNobodysMark() {
    for (int i = 0; i < 100; i++) {
      assertThat(mark(i)).isNull();
    }
    assertThat(mark(99)).isNull();
    assertThat(faulted.keys()).hasSize(100);
  }

  @Test
  void mark_beyondTheLimit_takesOneMarkOfAnother() {
    Set<String> victims = new HashSet<>();
    for (int i = 0; i < 1_000; i++) {
      String victim = mark(i);
      if (i >= 100) {
        assertThat(victim).isNotNull().isNotEqualTo("key " + i);
        assertThat(faulted.find(victim)).isNull();
        assertThat(victims.add(victim)).isTrue();
      }
    }
    assertThat(faulted.keys()).hasSize(100).doesNotContainAnyElementsOf(victims);
    assertThat(faulted.holdsRow(999)).isTrue();
  }

  @Test
  void mark_limitRises_takesNoMoreMarks() {
    for (int i = 0; i < 100; i++) {
      mark(i);
    }
    limit.set(200);
    for (int i = 100; i < 200; i++) {
      assertThat(mark(i)).isNull();
    }
    assertThat(mark(200)).isNotNull();
  }
}
