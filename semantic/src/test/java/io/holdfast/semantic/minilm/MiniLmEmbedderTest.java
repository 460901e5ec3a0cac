package io.holdfast.semantic.minilm;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.holdfast.semantic.Embedding;
import io.holdfast.semantic.RealModel;
import io.holdfast.semantic.Vectors;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(RealModel.class)
class MiniLmEmbedderTest {

  @Test
  void embed_text_hasAVectorOfLengthOneAndOnePerPiece(MiniLmEmbedder embedder) {
    Embedding embedding = embedder.embed("How many customers are there?");
    assertThat(embedding.sentence()).hasSize(384);
    assertThat(Vectors.dot(embedding.sentence(), embedding.sentence())).isCloseTo(1, within(1e-5));
    assertThat(embedding.pieceVectors()).hasNumberOfRows(6);
    assertThat(embedding.pieces()).hasSize(6);
    assertThat(embedding.truncated()).isFalse();
  }

  @Test
  void embed_repeatedAndUnrelated_areNearAndFar(MiniLmEmbedder embedder) {
    Embedding asked = embedder.embed("How many customers are there?");
    assertThat(asked.cosine(embedder.embed("What is the number of customers?"))).isGreaterThan(0.8);
    assertThat(asked.cosine(embedder.embed("Bake the bread for an hour."))).isLessThan(0.2);
  }

  /** A threshold that was calibrated must mean the same whatever else is asked at the time. */
  @Test
  void embed_besideOthersAndFromManyThreads_isTheSameBitForBit(MiniLmEmbedder embedder) {
    float[] alone = embedder.embed("How many customers are there?").sentence();
    List<Embedding> batch = embedder.embedAll(
        List.of("short", "How many customers are there?", "a much longer text ".repeat(10)));
    assertThat(batch.get(1).sentence()).containsExactly(alone);
    assertThat(IntStream.range(0, 40)
            .parallel()
            .mapToObj(i -> embedder.embed(
                i % 2 == 0 ? "How many customers are there?" : "something else " + i))
            .filter(embedding -> embedding.text().startsWith("How"))
            .map(Embedding::sentence))
        .hasSize(20)
        .allSatisfy(vector -> assertThat(vector).containsExactly(alone));
  }

  @Test
  void embed_emptyOrVeryLong_works(MiniLmEmbedder embedder) {
    assertThat(embedder.embed("").pieces()).isEmpty();
    assertThat(embedder.embed("no end of words ".repeat(6_400)).truncated()).isTrue();
  }

  @Test
  void identity_ofTheShippedModel_isItsDigest(MiniLmEmbedder embedder) {
    assertThat(embedder.identity().dimensions()).isEqualTo(384);
    assertThat(embedder.identity().sha256()).hasSize(64);
  }

  @Test
  void close_twice_isQuietAndEndsTheService() {
    MiniLmEmbedder embedder = MiniLmEmbedder.load();
    embedder.close();
    embedder.close();
    assertThatThrownBy(() -> embedder.embed("anything")).isInstanceOf(IllegalStateException.class);
  }

  @Test
  void load_withoutThreads_isRefused() {
    assertThatThrownBy(() -> MiniLmEmbedder.load(0)).isInstanceOf(IllegalArgumentException.class);
  }
}
