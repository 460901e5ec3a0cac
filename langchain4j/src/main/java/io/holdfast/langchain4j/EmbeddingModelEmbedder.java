package io.holdfast.langchain4j;

import dev.langchain4j.model.embedding.EmbeddingModel;
import io.holdfast.semantic.Embedder;
import io.holdfast.semantic.Embedding;
import io.holdfast.semantic.EmbeddingException;
import io.holdfast.semantic.EmbeddingIdentity;
import io.holdfast.semantic.Vectors;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;

/**
 * An embedding model of LangChain4j's as an embedder of {@code holdfast-semantic}, for {@code SemanticAnswers.guardedCosine}. It has
 * vectors of sentences only, so the trained verifier cannot judge by it, and nothing tells whether a text was too long for it.
 *
 * <p>A model that asks a service takes as long as that takes, on every call that finds no exact answer; give its client a short
 * timeout. What it throws makes the call go on without other words.
 */
public final class EmbeddingModelEmbedder implements Embedder {

  private final EmbeddingModel model;
  private final EmbeddingIdentity identity;

  private EmbeddingModelEmbedder(EmbeddingModel model, EmbeddingIdentity identity) {
    this.model = model;
    this.identity = identity;
  }

  /**
   * Over this model.
   *
   * @param name all that its vectors depend on, such as {@code openai/text-embedding-3-small}; LangChain4j's own name of a model may
   *     be unknown. Under another name nothing that was stored or learnt is found
   * @param dimensions how many numbers its vectors have
   * @throws IllegalArgumentException if the name is blank, or {@code dimensions} not positive
   */
  public static EmbeddingModelEmbedder of(EmbeddingModel model, String name, int dimensions) {
    if (name.isBlank()) {
      throw new IllegalArgumentException("name must not be blank");
    }
    return new EmbeddingModelEmbedder(
        model, new EmbeddingIdentity(name, sha256(name + " " + dimensions), dimensions));
  }

  private static String sha256(String text) {
    try {
      return HexFormat.of()
          .formatHex(
              MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8)));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has SHA-256", e);
    }
  }

  @Override
  public EmbeddingIdentity identity() {
    return identity;
  }

  /**
   * Asks the model.
   *
   * @throws EmbeddingException if it fails, or answers with a vector of other dimensions
   */
  @Override
  public Embedding embed(String text) {
    float[] vector;
    try {
      vector = model.embed(text).content().vector().clone();
    } catch (RuntimeException e) {
      throw new EmbeddingException("embed a text with " + identity.name(), e);
    }
    if (vector.length != identity.dimensions()) {
      throw new EmbeddingException(
          "embed a text with " + identity.name(),
          new IllegalStateException("the vector has " + vector.length + " dimensions instead of "
              + identity.dimensions()));
    }
    return new Embedding(text, Vectors.normalise(vector), List.of(), new float[0][], false);
  }

  /** Does nothing: the model stays its owner's. */
  @Override
  public void close() {}
}
