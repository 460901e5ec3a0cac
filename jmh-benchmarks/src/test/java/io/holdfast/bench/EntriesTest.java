package io.holdfast.bench;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Random;
import org.junit.jupiter.api.Test;

/** What the benchmarks of puts rely on. */
final class EntriesTest {

  @Test
  void values_ofOneLength_areAllDifferent() {
    String[] values = Entries.values(new Random(42), 100);
    assertThat(values).doesNotHaveDuplicates().allMatch(value -> value.length() == 100);
  }

  @Test
  void values_drawnInACircleOfKeys_meetEachKeyWithAnotherValueTheNextTime() {
    int values = Entries.values(new Random(42), 1).length;
    for (int keys : new int[] {1_000, 10_000, 20_000, 1 << 20}) {
      assertThat(keys % values).as("%d keys", keys).isNotZero();
    }
  }
}
