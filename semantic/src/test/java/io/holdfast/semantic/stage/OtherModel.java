package io.holdfast.semantic.stage;

import io.holdfast.semantic.Embedder;
import io.holdfast.semantic.Embedding;
import io.holdfast.semantic.EmbeddingIdentity;

/** Says that it is another model. */
record OtherModel(Embedder embedder) implements Embedder {
  @Override
  public EmbeddingIdentity identity() {
    return new EmbeddingIdentity("other", "0".repeat(64), embedder.identity().dimensions());
  }

  @Override
  public Embedding embed(String text) {
    return embedder.embed(text);
  }

  @Override
  public void close() {}
}
