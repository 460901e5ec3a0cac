package io.holdfast.bench.answers;

import io.holdfast.semantic.Embedder;
import io.holdfast.semantic.Embedding;
import io.holdfast.semantic.EmbeddingIdentity;
import java.util.List;
import java.util.Random;

/**
 * Gives texts that only fill the index vectors of random direction, and all others the model's: a hundred thousand
 * embeddings would take five minutes.
 */
record PaddingEmbedder(Embedder model) implements Embedder {

  private static final String PADDING = "padding ";

  /** A text with a random vector. */
  static String padding(int number) {
    return PADDING + number;
  }

  @Override
  public EmbeddingIdentity identity() {
    return model.identity();
  }

  @Override
  public Embedding embed(String text) {
    if (!text.startsWith(PADDING)) {
      return model.embed(text);
    }
    var random = new Random(text.hashCode());
    float[] vector = new float[identity().dimensions()];
    double squares = 0;
    for (int i = 0; i < vector.length; i++) {
      vector[i] = (float) random.nextGaussian();
      squares += vector[i] * vector[i];
    }
    for (int i = 0; i < vector.length; i++) {
      vector[i] /= (float) Math.sqrt(squares);
    }
    return new Embedding(text, vector, List.of(), new float[0][], false);
  }

  @Override
  public void close() {
    model.close();
  }
}
