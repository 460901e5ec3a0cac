package io.holdfast.semantic.stage;

import io.holdfast.semantic.Embedder;
import io.holdfast.semantic.Embedding;
import java.util.LinkedHashMap;
import java.util.Map;

/** Embeddings of stored questions, the latest ones kept: what is asked often is compared with the same ones. Safe from any thread. */
final class LatestEmbeddings {
  /** Of some 40 KB each. */
  private static final int KEPT = 64;

  private final Embedder embedder;
  private final Map<String, Embedding> latest = new LinkedHashMap<>(16, 0.75f, true) {
    private static final long serialVersionUID = 1L;

    @Override
    protected boolean removeEldestEntry(Map.Entry<String, Embedding> eldest) {
      return size() > KEPT;
    }
  };

  LatestEmbeddings(Embedder embedder) {
    this.embedder = embedder;
  }

  Embedding of(String wording) {
    synchronized (latest) {
      Embedding known = latest.get(wording);
      if (known != null) {
        return known;
      }
    }
    Embedding embedding = embedder.embed(wording);
    synchronized (latest) {
      latest.put(wording, embedding);
    }
    return embedding;
  }
}
