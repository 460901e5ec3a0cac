package io.holdfast.semantic.stage;

import static org.assertj.core.api.Assertions.assertThat;

import io.holdfast.semantic.EmbeddingIdentity;
import io.holdfast.semantic.Vectors;
import java.util.Arrays;
import java.util.Base64;
import java.util.BitSet;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class VectorTextTest {
  private static final String WORDING = "How many orders are open?";

  private final Random random = new Random(20261121);
  private final VectorText vectors = new VectorText(identity("0"));

  private static EmbeddingIdentity identity(String digit) {
    return new EmbeddingIdentity("model", digit.repeat(64), 384);
  }

  private float[] draw() {
    float[] vector = new float[384];
    for (int i = 0; i < vector.length; i++) {
      vector[i] = (float) random.nextGaussian();
    }
    return Vectors.normalise(vector);
  }

  @Test
  void read_whatWasWritten_isTheSameDirectionInFewCharacters() {
    for (int round = 0; round < 200; round++) {
      float[] vector = draw();
      String text = vectors.write(WORDING, vector);
      assertThat(text).hasSizeLessThan(560).doesNotContain("\n", " ");
      float[] read = vectors.read(text, WORDING);
      assertThat(Vectors.dot(read, vector)).isBetween(0.9995, 1.0001);
      assertThat(vectors.signs(text)).isEqualTo(signs(read));
    }
  }

  private static long[] signs(float[] vector) {
    var signs = new BitSet();
    for (int i = 0; i < vector.length; i++) {
      signs.set(i, vector[i] > 0);
    }
    return Arrays.copyOf(signs.toLongArray(), 6);
  }

  @Test
  void read_ofAnotherModel_isNone() {
    assertThat(new VectorText(identity("1")).signs(vectors.write(WORDING, draw())))
        .isNull();
  }

  @Test
  void read_besideAnotherWording_isNone() {
    String text = vectors.write(WORDING, draw());
    assertThat(vectors.read(text, "How many orders are closed?")).isNull();
  }

  @Test
  void read_withAnotherVector_isNone() {
    String mine = vectors.write(WORDING, draw());
    String other = vectors.write("Who is the best customer?", draw());
    String mixed =
        mine.substring(0, mine.lastIndexOf('.')) + other.substring(other.lastIndexOf('.'));
    assertThat(vectors.read(mixed, WORDING)).isNull();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        ".",
        "0000000000000000",
        "0000000000000000.",
        "0000000000000000.a.",
        "0000000000000000.a.AAAA",
        "0000000000000000.a.not base64"
      })
  void read_damagedText_isNone(String text) {
    assertThat(vectors.signs(text)).isNull();
    assertThat(vectors.read(text, WORDING)).isNull();
  }

  @Test
  void read_zeros_isNone() {
    String zeros = "0000000000000000.0." + Base64.getEncoder().encodeToString(new byte[384]);
    assertThat(vectors.signs(zeros)).isNull();
    assertThat(vectors.read(zeros, WORDING)).isNull();
  }
}
