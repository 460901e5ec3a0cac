package io.holdfast.semantic.index;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.holdfast.semantic.Vectors;
import io.holdfast.semantic.index.SignIndex.Neighbour;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;

class SignIndexTest {
  private static final int DIMENSIONS = 384;

  private final Random random = new Random(7);
  private final SignIndex index = new SignIndex(DIMENSIONS);
  private final Map<Long, float[]> vectors = new HashMap<>();

  private float[] draw() {
    float[] vector = new float[DIMENSIONS];
    for (int i = 0; i < vector.length; i++) {
      vector[i] = (float) random.nextGaussian();
    }
    return Vectors.normalise(vector);
  }

  /** Another vector at about this cosine similarity. */
  private float[] near(float[] vector, double cosine) {
    float[] other = draw();
    float[] mixed = new float[vector.length];
    double rest = Math.sqrt(1 - cosine * cosine);
    for (int i = 0; i < mixed.length; i++) {
      mixed[i] = (float) (cosine * vector[i] + rest * other[i]);
    }
    return Vectors.normalise(mixed);
  }

  private void add(String partition, long id, float[] vector) {
    vectors.put(id, vector);
    index.add(partition, id, vector);
  }

  private List<Neighbour> nearest(String partition, float[] vector) {
    return index.nearest(partition, vector, 0.7, vectors::get);
  }

  @Test
  void nearest_amongThousands_isTheTrueNeighbour() {
    for (long id = 0; id < 5_000; id++) {
      add("p", id, draw());
    }
    for (long id = 0; id < 1_000; id++) {
      assertThat(nearest("p", near(vectors.get(id), 0.82)))
          .first()
          .extracting(Neighbour::id)
          .isEqualTo(id);
    }
  }

  @Test
  void nearest_ofSeveralNear_isInTheOrderOfExactSimilarity() {
    float[] asked = draw();
    add("p", 1, near(asked, 0.80));
    add("p", 2, near(asked, 0.95));
    add("p", 3, near(asked, 0.90));
    add("p", 4, near(asked, 0.30));
    assertThat(nearest("p", asked)).extracting(Neighbour::id).containsExactly(2L, 3L, 1L);
  }

  @Test
  void nearest_inAnotherPartition_isNeverSeen() {
    float[] vector = draw();
    add("mine", 1, vector);
    assertThat(nearest("yours", vector)).isEmpty();
    assertThat(nearest("mine", vector)).hasSize(1);
  }

  @Test
  void nearest_vectorThatIsGone_isLeftOut() {
    float[] vector = draw();
    add("p", 1, vector);
    vectors.remove(1L);
    assertThat(nearest("p", vector)).isEmpty();
  }

  /** Against a plain set, over the limits of blocks. */
  @Test
  void addAndRemove_inAnyOrder_keepExactlyWhatIsThere() {
    Set<Long> there = new HashSet<>();
    for (int step = 0; step < 6_000; step++) {
      if (random.nextInt(3) < 2) {
        add("p", step, draw());
        there.add((long) step);
      } else {
        long id = random.nextInt(step + 1);
        assertThat(index.remove("p", id)).isEqualTo(there.remove(id));
      }
    }
    assertThat(index.size()).isEqualTo(there.size());
    List<Long> sample = new ArrayList<>(vectors.keySet()).subList(0, 500);
    for (long id : sample) {
      boolean found = nearest("p", vectors.get(id)).stream().anyMatch(n -> n.id() == id);
      assertThat(found).isEqualTo(there.contains(id));
    }
    new ArrayList<>(there).forEach(id -> assertThat(index.remove("p", id)).isTrue());
    assertThat(index.size()).isZero();
  }

  @Test
  void clear_forgetsAll() {
    float[] vector = draw();
    add("p", 1, vector);
    index.clear();
    assertThat(index.size()).isZero();
    assertThat(nearest("p", vector)).isEmpty();
  }

  @Test
  void otherNumberOfDimensions_isRefused() {
    assertThatThrownBy(() -> index.add("p", 1, new float[3]))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> new SignIndex(0)).isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void removeAll_chosenPartitions_returnsWhatWasInThem() {
    for (long id = 0; id < 30; id++) {
      add("p" + id % 3, id, draw());
    }
    assertThat(index.removeAll(partition -> !partition.equals("p1")))
        .hasSize(20)
        .allMatch(id -> id % 3 != 1);
    assertThat(index.size()).isEqualTo(10);
    assertThat(index.candidates("p0", draw())).isEmpty();
    assertThat(index.candidates("p1", draw())).hasSize(10);
  }

  @Test
  void candidates_someOfMany_areTheNearestBySignsFirst() {
    for (long id = 0; id < 100; id++) {
      add("p", id, draw());
    }
    assertThat(index.candidates("p", vectors.get(7L))).hasSize(16).startsWith(7L);
    assertThat(index.candidates("other", draw())).isEmpty();
  }
}
