package io.holdfast.semantic.verify;

import io.holdfast.semantic.Embedder;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Vectors of words and short phrases that stand alone, the latest ones kept.
 *
 * <p>In a sentence a word's vector takes the colour of its neighbours, so two cities in the same question look alike. Alone they
 * do not. Safe from any thread.
 */
final class WordVectors {
  /** Of 1.5 KB each. */
  private static final int KEPT = 4096;

  private final Embedder embedder;
  private final Map<String, float[]> latest = new LinkedHashMap<>(64, 0.75f, true) {
    private static final long serialVersionUID = 1L;

    @Override
    protected boolean removeEldestEntry(Map.Entry<String, float[]> eldest) {
      return size() > KEPT;
    }
  };

  WordVectors(Embedder embedder) {
    this.embedder = embedder;
  }

  float[] of(String phrase) {
    synchronized (latest) {
      float[] known = latest.get(phrase);
      if (known != null) {
        return known;
      }
    }
    float[] vector = embedder.embed(phrase).sentence();
    synchronized (latest) {
      latest.put(phrase, vector);
    }
    return vector;
  }
}
