package io.holdfast.response;

import io.holdfast.response.spi.SemanticStage;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Executor;
import java.util.concurrent.ForkJoinPool;
import java.util.function.Function;
import java.util.function.LongSupplier;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;
import javax.cache.Cache;
import org.jspecify.annotations.Nullable;

/**
 * Settings of a {@link ResponseCache}. Not safe for several threads.
 *
 * @param <T> the type of the answers
 */
public final class ResponseCacheBuilder<T> {

  final Cache<String, CachedResponse> cache;
  final ResponseCodec<T> codec;
  String name;
  Function<? super T, @Nullable Cost> costOf = value -> null;
  Function<? super T, @Nullable Usage> usageOf = value -> null;
  Predicate<? super T> storeIf = value -> true;

  @Nullable
  Prices prices;

  @Nullable
  Path ledger;

  Duration ledgerInterval = Duration.ofMinutes(5);

  @Nullable
  Duration timeToLive;

  final Map<String, Duration> timeToLiveOfNamespace = new HashMap<>();
  RememberedFailures failures = RememberedFailures.NONE;

  @Nullable
  Duration leaseTime = Duration.ofSeconds(5);

  @Nullable
  Duration maxWait;

  Privacy privacy = Privacy.DEFAULT;
  SampledAnswers sampled = SampledAnswers.CACHED;
  boolean keepHistory;

  @Nullable
  SemanticStage stage;

  final Set<String> semanticNamespaces = new HashSet<>();
  /** Between two looks for what other processes stored. */
  Duration semanticPause = Duration.ofSeconds(5);

  @Nullable
  SemanticJudge<? super T> judge;

  double auditShare;

  @Nullable
  MaxAnswers maxAnswers;

  int circuitFailures = 5;
  Duration circuitPause = Duration.ofSeconds(30);
  InstantSource clock = InstantSource.system();
  LongSupplier nanoTime = System::nanoTime;

  int maxStreamCharacters = 4 << 20;
  double replayPace;
  Executor streamExecutor = ForkJoinPool.commonPool();

  @Nullable
  Executor purgeExecutor;

  ResponseCacheBuilder(Cache<String, CachedResponse> cache, ResponseCodec<T> codec) {
    this.cache = cache;
    this.codec = codec;
    this.name = "responses";
  }

  /** What logs and monitors call it; {@code responses} unless told. */
  public ResponseCacheBuilder<T> name(String name) {
    if (name.isBlank()) {
      throw new IllegalArgumentException("name must not be blank");
    }
    this.name = name;
    return this;
  }

  /** How answers become text. Sets the type of the answers, so call it before {@code
   * costOf}, {@code usageOf}, {@code storeIf} and {@code judge}, which it resets. */
  public <U> ResponseCacheBuilder<U> codec(ResponseCodec<U> codec) {
    var typed = new ResponseCacheBuilder<>(cache, codec);
    typed.name = name;
    typed.prices = prices;
    typed.ledger = ledger;
    typed.ledgerInterval = ledgerInterval;
    typed.timeToLive = timeToLive;
    typed.timeToLiveOfNamespace.putAll(timeToLiveOfNamespace);
    typed.failures = failures;
    typed.leaseTime = leaseTime;
    typed.maxWait = maxWait;
    typed.privacy = privacy;
    typed.sampled = sampled;
    typed.keepHistory = keepHistory;
    typed.stage = stage;
    typed.semanticNamespaces.addAll(semanticNamespaces);
    typed.semanticPause = semanticPause;
    typed.maxAnswers = maxAnswers;
    typed.circuitFailures = circuitFailures;
    typed.circuitPause = circuitPause;
    typed.clock = clock;
    typed.nanoTime = nanoTime;
    typed.maxStreamCharacters = maxStreamCharacters;
    typed.replayPace = replayPace;
    typed.streamExecutor = streamExecutor;
    typed.purgeExecutor = purgeExecutor;
    return typed;
  }

  /** What an answer cost to compute, or null if unknown; asked once, right after computing. */
  public ResponseCacheBuilder<T> costOf(Function<? super T, @Nullable Cost> costOf) {
    this.costOf = costOf;
    return this;
  }

  /** What tokens an answer took, or null if unknown; asked once, right after computing. */
  public ResponseCacheBuilder<T> usageOf(Function<? super T, @Nullable Usage> usageOf) {
    this.usageOf = usageOf;
    return this;
  }

  /** What the tokens of {@link #usageOf} cost, where {@link #costOf} does not say. */
  public ResponseCacheBuilder<T> prices(Prices prices) {
    this.prices = prices;
    return this;
  }

  /**
   * Writes what is spent and saved into a file, every 5 minutes and on closing; a process that is killed
   * loses the minutes since. Several response caches and processes may share it, and {@link Ledger} reads it.
   * It grows by some 500 bytes for each account in which anything happened meanwhile.
   */
  public ResponseCacheBuilder<T> ledger(Path file) {
    this.ledger = file;
    return this;
  }

  /** The same with another interval. */
  public ResponseCacheBuilder<T> ledger(Path file, Duration interval) {
    this.ledgerInterval = Durations.positive(interval, "interval");
    return ledger(file);
  }

  /** Which answers are worth storing; the others reach their callers only. All unless told. */
  public ResponseCacheBuilder<T> storeIf(Predicate<? super T> storeIf) {
    this.storeIf = storeIf;
    return this;
  }

  /**
   * How long an answer is served, counted from its creation. Without, as long as the cache underneath
   * keeps it; its expiry policy is the upper bound in any case.
   */
  public ResponseCacheBuilder<T> timeToLive(Duration timeToLive) {
    this.timeToLive = Durations.positive(timeToLive, "timeToLive");
    return this;
  }

  /** The same for one namespace, instead of the common one; see {@link ResponseKey#namespace}. */
  public ResponseCacheBuilder<T> timeToLive(String namespace, Duration timeToLive) {
    timeToLiveOfNamespace.put(namespace, Durations.positive(timeToLive, "timeToLive"));
    return this;
  }

  /**
   * Remembers calls that failed: until the time is over, calls for the same key fail at once with a
   * {@link RememberedFailureException}, in all processes on the cache. The class name of the failure and
   * the first 1000 characters of its message are stored. Nothing is remembered unless told, and never a
   * cancelled call.
   *
   * @param timeToLive short: what fails now may work in a minute
   * @param which failures are worth it, such as those that a repetition cannot cure
   */
  public ResponseCacheBuilder<T> rememberFailures(
      Duration timeToLive, Predicate<? super Throwable> which) {
    this.failures = new RememberedFailures(Durations.positive(timeToLive, "timeToLive"), which);
    return this;
  }

  /**
   * When another process takes over the call of one that died; 5 seconds unless told. Of all processes
   * on a cache that has {@linkplain io.holdfast.response.spi.LeaseSource leases}, one makes a call
   * while the others wait for its answer, at most {@link #maxWait} or 5 minutes, and then call too.
   *
   * @param lease at least one second
   */
  public ResponseCacheBuilder<T> lease(Duration lease) {
    if (lease.compareTo(Duration.ofSeconds(1)) < 0) {
      throw new IllegalArgumentException("lease must be at least one second: " + lease);
    }
    this.leaseTime = lease;
    return this;
  }

  /** Each process calls for itself: saves a small transaction for each call. */
  public ResponseCacheBuilder<T> withoutLeases() {
    this.leaseTime = null;
    return this;
  }

  /**
   * How long a call waits for another thread's computation of the same key before it gives up with a
   * {@link CoalescedWaitException}. Without, as long as it takes.
   */
  public ResponseCacheBuilder<T> maxWait(Duration maxWait) {
    this.maxWait = Durations.positive(maxWait, "maxWait");
    return this;
  }

  /** What to do with answers that a model drew by chance; they are cached unless told. */
  public ResponseCacheBuilder<T> sampled(SampledAnswers sampled) {
    this.sampled = sampled;
    return this;
  }

  /**
   * Passes every text through this before it is stored: answers as the codec writes them, messages of failures
   * that are remembered, questions that are kept. Whoever made the call gets the answer as it was, later hits the
   * redacted one. An answer that the codec cannot read after that is not stored. Pieces of a stream are
   * stored only where they make up the answer and nothing was redacted; else it is replayed in one piece.
   */
  public ResponseCacheBuilder<T> redact(UnaryOperator<String> redaction) {
    this.privacy = new Privacy(redaction, privacy.keepsQuestions());
    return this;
  }

  /**
   * Stores what was asked ({@link ResponseKey.Builder#question}) beside the answer, for people who look into the
   * cache. Without, a prompt is in the hash of the key only.
   */
  public ResponseCacheBuilder<T> keepQuestions() {
    this.privacy = new Privacy(privacy.redaction(), true);
    return this;
  }

  /**
   * Answers a question in these namespaces with the answer to the same question in other words, where the stage
   * is sure enough. Asked after the exact key and before the call. Everything else must be equal: tenant, model,
   * parameters, all messages but {@link ResponseKey.Builder#question the question}, which has to be told and to
   * stand among the messages or parts exactly once, as a string of its own. All other calls go by their exact key.
   *
   * <p>In these namespaces the question and a vector of it are stored in the answer's entry, and go with it. A
   * question that {@link #redact} would change is neither stored nor answered this way.
   *
   * <p>The first such call begins a walk over the cache, O(entries), on the purge executor; until it has ended
   * there are no such hits. Over a cache of Holdfast's own in a file, what other processes store is looked for there
   * every 5 seconds until this response cache is closed. The stage computes for some milliseconds: on the caller's thread, for futures and
   * streams on the common pool, from where their calls start then.
   *
   * @param stage stays its owner's
   * @param namespaces of {@link ResponseKey.Builder}; at least one
   */
  public ResponseCacheBuilder<T> semantic(SemanticStage stage, String... namespaces) {
    if (namespaces.length == 0) {
      throw new IllegalArgumentException("name at least one namespace");
    }
    this.stage = stage;
    semanticNamespaces.clear();
    semanticNamespaces.addAll(List.of(namespaces));
    return this;
  }

  /**
   * Gathers evidence for {@link #semantic}: where an answer to other words is there and not served, the call is made, and
   * the judge then compares both answers, on the purge executor. At most 16 wait for it; what comes then is not judged.
   *
   * @param auditShare of the answers that would be served, this share is called for instead and judged, so that a namespace that
   *     is served goes on proving itself; 0 for none
   */
  public ResponseCacheBuilder<T> judge(SemanticJudge<? super T> judge, double auditShare) {
    if (!(auditShare >= 0 && auditShare <= 1)) {
      throw new IllegalArgumentException("auditShare must be from 0 to 1: " + auditShare);
    }
    this.judge = judge;
    this.auditShare = auditShare;
    return this;
  }

  /** How many answers to keep, and in which unit their costs count. */
  record MaxAnswers(int answers, String unit) {}

  /**
   * Keeps the cache to so many answers and lets the cheap ones go first: remembered failures and what has expired,
   * then by cost, of equal cost by the time they took, then the oldest. There may be a tenth more for a while,
   * and whatever other processes add. Each time the cache may have grown by a tenth it is walked on the
   * purge executor: O(entries). The cache's own limits know no cost, so set them higher.
   *
   * @param answers at least 1
   * @param unit of the costs that count, such as {@code USD}; an answer without one has cost nothing
   */
  public ResponseCacheBuilder<T> maxAnswers(int answers, String unit) {
    if (answers < 1) {
      throw new IllegalArgumentException("answers must be at least 1: " + answers);
    }
    this.maxAnswers = new MaxAnswers(answers, unit);
    return this;
  }

  /** Keeps the answers for superseded structures of a table instead of removing them after a drift. */
  public ResponseCacheBuilder<T> keepHistory() {
    this.keepHistory = true;
    return this;
  }

  /**
   * When to leave a failing cache alone; 5 failures in a row and 30 seconds unless told.
   *
   * @param failuresInARow at least 1
   * @param pause how long nobody asks it; then one call tries
   */
  public ResponseCacheBuilder<T> circuit(int failuresInARow, Duration pause) {
    if (failuresInARow < 1) {
      throw new IllegalArgumentException("failuresInARow must be at least 1: " + failuresInARow);
    }
    this.circuitFailures = failuresInARow;
    this.circuitPause = Durations.positive(pause, "pause");
    return this;
  }

  /** The longest stream that is stored, in characters of its chunks; 4,194,304 unless told. */
  public ResponseCacheBuilder<T> maxStreamCharacters(int maxStreamCharacters) {
    this.maxStreamCharacters = maxStreamCharacters;
    return this;
  }

  /**
   * Replays stored streams with pauses.
   *
   * @param pace what the pauses of the original are multiplied with: 1 replays as it was, 0.1 ten times as
   *     fast, and 0, which holds unless told, all at once and on the caller's thread
   */
  public ResponseCacheBuilder<T> replayPace(double pace) {
    if (!(pace >= 0)) {
      throw new IllegalArgumentException("pace must not be negative: " + pace);
    }
    this.replayPace = pace;
    return this;
  }

  /**
   * Who tells listeners of streams that they joined, and of replays with pauses; the common pool unless
   * told. Give one whose threads may block if the listeners do. It stays its owner's.
   */
  public ResponseCacheBuilder<T> streamExecutor(Executor executor) {
    this.streamExecutor = executor;
    return this;
  }

  /** The clock for creation times, expiry and the circuit. */
  public ResponseCacheBuilder<T> clock(InstantSource clock) {
    this.clock = clock;
    return this;
  }

  /**
   * Who walks the cache after a drift, and for {@link #maxAnswers}. Without, or with null, a daemon thread that is there only while there is
   * something to purge. The executor stays its owner's.
   */
  public ResponseCacheBuilder<T> purgeExecutor(@Nullable Executor executor) {
    this.purgeExecutor = executor;
    return this;
  }

  ResponseCacheBuilder<T> nanoTime(LongSupplier nanoTime) {
    this.nanoTime = nanoTime;
    return this;
  }

  /** Builds it and tells the monitors that are present. */
  public ResponseCache<T> build() {
    return ResponseCache.open(this);
  }
}
