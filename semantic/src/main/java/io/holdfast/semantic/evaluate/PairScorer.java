package io.holdfast.semantic.evaluate;

import io.holdfast.semantic.Embedder;
import io.holdfast.semantic.Embedding;
import io.holdfast.semantic.pairs.LabelledPair;
import io.holdfast.semantic.verify.Verifier;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.IntConsumer;
import java.util.stream.IntStream;

/** Puts labelled pairs before the verifier. */
public final class PairScorer {
  /** Questions of a group stand near each other in a file; of some 40 KB each. */
  private static final int KEPT = 256;

  private final Embedder embedder;
  private final Verifier verifier;

  public PairScorer(Embedder embedder, Verifier verifier) {
    this.embedder = embedder;
    this.verifier = verifier;
  }

  /**
   * Scores all, in order; some 10 milliseconds a pair, on all processors.
   *
   * @param progress is told from any thread how many pairs are done
   */
  public List<ScoredPair> score(List<LabelledPair> pairs, IntConsumer progress) {
    Map<String, Embedding> latest = new LinkedHashMap<>(KEPT, 0.75f, true) {
      private static final long serialVersionUID = 1L;

      @Override
      protected boolean removeEldestEntry(Map.Entry<String, Embedding> eldest) {
        return size() > KEPT;
      }
    };
    var done = new AtomicInteger();
    return IntStream.range(0, pairs.size())
        .parallel()
        .mapToObj(i -> {
          LabelledPair pair = pairs.get(i);
          ScoredPair scored = new ScoredPair(
              pair,
              verifier.judge(embed(pair.question1(), latest), embed(pair.question2(), latest)));
          progress.accept(done.incrementAndGet());
          return scored;
        })
        .toList();
  }

  private Embedding embed(String text, Map<String, Embedding> latest) {
    synchronized (latest) {
      Embedding known = latest.get(text);
      if (known != null) {
        return known;
      }
    }
    Embedding embedding = embedder.embed(text);
    synchronized (latest) {
      latest.put(text, embedding);
    }
    return embedding;
  }
}
