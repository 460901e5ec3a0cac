package io.holdfast.semantic.stage;

import io.holdfast.response.spi.SemanticIndex;
import io.holdfast.response.spi.SemanticScope;
import io.holdfast.response.spi.SemanticStage;
import io.holdfast.semantic.Embedder;
import io.holdfast.semantic.calibrate.Evidence;
import io.holdfast.semantic.pairs.LabelledPair;
import io.holdfast.semantic.verify.GuardedCosine;
import io.holdfast.semantic.verify.PairJudge;
import io.holdfast.semantic.verify.Verifier;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import javax.cache.Cache;
import org.jspecify.annotations.Nullable;

/**
 * The semantic stage of response caches. Serves nothing in a namespace until evidence of that namespace's own proves that no more of
 * the served answers are wrong than was promised.
 *
 * <pre>{@code
 * var stage = SemanticAnswers.verified(MiniLmEmbedder.load())
 *     .maxFalseHitRate(0.01)
 *     .confidence(0.95)
 *     .evidence(manager.getCache("evidence", String.class, String.class))
 *     .build();
 * var responses = ResponseCache.over(cache).name("answers").semantic(stage, "chat").build();
 * stage.learn("answers", "chat", PairFile.read(judgedPairs));
 * }</pre>
 *
 * <p>Safe from any thread. Holds nothing that needs closing; embedder and cache stay their owner's.
 */
public final class SemanticAnswers implements SemanticStage {
  private final Embedder embedder;
  private final PairJudge judge;
  private final Promise promise;
  private final @Nullable Cache<String, String> evidence;
  private final Consumer<SemanticScope> listener;
  private final Map<String, Scopes> scopes = new ConcurrentHashMap<>();

  private SemanticAnswers(Builder settings) {
    this.embedder = settings.embedder;
    this.judge = settings.judge;
    this.promise = settings.promise;
    this.evidence = settings.evidence;
    this.listener = settings.listener;
  }

  /**
   * Pairs are judged by the trained {@link Verifier}.
   *
   * @throws IllegalArgumentException if its weights were not trained on this embedder's vectors
   */
  public static Builder verified(Embedder embedder) {
    return new Builder(embedder, Verifier.load(embedder));
  }

  /**
   * Pairs are judged by the cosine of their sentences, and not at all where a guard objects: for embedders that have no vectors of
   * words, or that no verifier was trained for. It takes much more evidence to open, and may never.
   */
  public static Builder guardedCosine(Embedder embedder) {
    return new Builder(embedder, GuardedCosine.load());
  }

  @Override
  public SemanticIndex open(String cache) {
    return new QuestionIndex(embedder, judge, scopesOf(cache));
  }

  Scopes scopesOf(String cache) {
    return scopes.computeIfAbsent(
        cache,
        name -> new Scopes(namespace -> new Scope(
            namespace,
            promise,
            new EvidenceCache(evidence, name, namespace, judge.name()),
            listener,
            System::nanoTime)));
  }

  /**
   * Learns from pairs that somebody has judged, and decides at once. Takes some 10 milliseconds a pair, on this thread. Pairs must
   * be like the traffic, and each be told once: they count again each time.
   *
   * @param cache the name of the response cache
   * @param namespace where the evidence counts
   * @return what it allows now
   */
  public SemanticScope learn(String cache, String namespace, List<LabelledPair> pairs) {
    Scope scope = scopesOf(cache).scope(namespace);
    scope.learn(judged(pairs), /* looks= */ true);
    return scope.state();
  }

  /**
   * The same, unless pairs of this source were told before: for a file of pairs that is read at each start. Returns at once then.
   * Processes that start at the same time may both tell them.
   *
   * @param source names these very pairs, such as by a digest of the file; best short
   */
  public SemanticScope learnOnce(
      String cache, String namespace, String source, List<LabelledPair> pairs) {
    Scope scope = scopesOf(cache).scope(namespace);
    if (!scope.hasHeardOf(source)) {
      scope.learnFrom(source, judged(pairs));
    }
    return scope.state();
  }

  private List<Evidence> judged(List<LabelledPair> pairs) {
    return pairs.stream()
        .map(pair -> new Evidence(score(pair), pair.shouldMatch()))
        .filter(pair -> Double.isFinite(pair.score()))
        .toList();
  }

  private double score(LabelledPair pair) {
    return judge
        .judge(embedder.embed(pair.question1()), embedder.embed(pair.question2()))
        .score();
  }

  /** What is known of a namespace; reads its evidence if nobody has yet. */
  public SemanticScope scope(String cache, String namespace) {
    return scopesOf(cache).scope(namespace).state();
  }

  /** Settings. Not safe for several threads. */
  public static final class Builder {
    private final Embedder embedder;
    private final PairJudge judge;
    private Promise promise = new Promise(0.01, 0.95);
    private @Nullable Cache<String, String> evidence;
    private Consumer<SemanticScope> listener = scope -> {};

    private Builder(Embedder embedder, PairJudge judge) {
      this.embedder = embedder;
      this.judge = judge;
    }

    /**
     * The largest share of wrong answers among those served; 0.01 unless told.
     *
     * @throws IllegalArgumentException if it is not between 0 and 1
     */
    public Builder maxFalseHitRate(double rate) {
      promise = new Promise(rate, promise.confidence());
      return this;
    }

    /**
     * How sure that is to be, over all times the evidence is looked at; 0.95 unless told.
     *
     * @throws IllegalArgumentException if it is not between 0 and 1
     */
    public Builder confidence(double confidence) {
      promise = new Promise(promise.maxFalseHitRate(), confidence);
      return this;
    }

    /**
     * Keeps what is learnt, so that it outlives the process: scores and labels, some 100 bytes a pair, no questions. A cache beside the
     * answers' in the same file will do; it must not expire or evict. Without, all is forgotten with the process.
     */
    public Builder evidence(Cache<String, String> cache) {
      this.evidence = cache;
      return this;
    }

    /** Hears when a namespace begins to be served, or ceases to be. Runs under a lock of that namespace, so be short. */
    public Builder onChange(Consumer<SemanticScope> listener) {
      this.listener = listener;
      return this;
    }

    /** Builds it. */
    public SemanticAnswers build() {
      return new SemanticAnswers(this);
    }
  }
}
