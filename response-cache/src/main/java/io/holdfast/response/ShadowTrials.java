package io.holdfast.response;

import io.holdfast.response.Counters.Event;
import io.holdfast.response.spi.SemanticIndex;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/** Has answers judged that would have been served, behind the callers' backs; what the judge says is learnt. */
final class ShadowTrials<T> {

  // Each holds two answers. What comes while so many wait is not judged.
  private static final int MAX_WAITING = 16;

  private final String name;
  private final @Nullable SemanticJudge<? super T> judge;
  private final long auditEvery;
  private final SemanticIndex index;
  private final Executor executor;
  private final Counters counters;
  private final OnceLog log;
  private final AtomicLong served = new AtomicLong();
  private final Semaphore places = new Semaphore(MAX_WAITING);

  ShadowTrials(
      ResponseCacheBuilder<T> settings,
      SemanticIndex index,
      Executor executor,
      Counters counters,
      OnceLog log) {
    this.name = settings.name;
    this.judge = settings.judge;
    this.auditEvery = settings.auditShare == 0 ? 0 : Math.round(1 / settings.auditShare);
    this.index = index;
    this.executor = executor;
    this.counters = counters;
    this.log = log;
  }

  boolean isOn() {
    return judge != null;
  }

  /** Whether this answer, sure enough to be served, is the one of so many that is judged instead. */
  boolean isAudited() {
    return judge != null && auditEvery > 0 && served.incrementAndGet() % auditEvery == 0;
  }

  /** Has it judged, soon or never; returns at once. */
  void judge(Call call, T answer, Candidate<T> candidate) {
    SemanticJudge<? super T> asked = judge;
    String question = call.question();
    if (asked == null || question == null || !places.tryAcquire()) {
      return;
    }
    try {
      executor.execute(() -> {
        try {
          learn(asked, call.namespace(), question, answer, candidate);
        } finally {
          places.release();
        }
      });
    } catch (RejectedExecutionException e) {
      places.release(); // the response cache is closing
    }
  }

  private void learn(
      SemanticJudge<? super T> asked,
      String namespace,
      String question,
      T answer,
      Candidate<T> candidate) {
    try {
      boolean isSame = asked.isSame(question, answer, candidate.question(), candidate.answer());
      index.learn(namespace, candidate.score(), isSame);
      counters.count(Event.SEMANTIC_JUDGED);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } catch (Exception | LinkageError e) {
      counters.count(Event.SEMANTIC_FAILURE);
      // Without the exception's message, which may quote an answer.
      log.warn(
          "judge",
          () -> "response cache " + name + ": an answer could not be judged ("
              + e.getClass().getName() + "); further failures are only counted",
          null);
    }
  }
}
