package io.holdfast.semantic;

import java.util.List;

/**
 * Turns texts into vectors, in this process and without a network.
 *
 * <p>Safe from any thread. Equal texts give equal vectors, bit for bit, whatever else is embedded beside them.
 */
public interface Embedder extends AutoCloseable {

  /** Returns what made the vectors. Vectors of different identities must not be compared. */
  EmbeddingIdentity identity();

  /**
   * Returns the vectors of one text. Computes for some milliseconds in the caller's thread.
   *
   * @param text anything, the empty text too; what is beyond the model's longest input is left out, and
   *     {@link Embedding#truncated()} says so
   * @throws IllegalStateException if this embedder is closed
   * @throws EmbeddingException if the model fails
   */
  Embedding embed(String text);

  /**
   * Returns the vectors of each text, in order; as {@link #embed} one by one.
   *
   * @throws IllegalStateException if this embedder is closed
   * @throws EmbeddingException if the model fails; nothing is returned then
   */
  default List<Embedding> embedAll(List<String> texts) {
    return texts.stream().map(this::embed).toList();
  }

  /** Frees the native memory once calls under way have ended. Closing twice is quiet. */
  @Override
  void close();
}
