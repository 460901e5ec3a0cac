package io.holdfast.response;

import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import java.util.function.IntSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Many questions of one caller, as futures. Each is asked by itself, so that it may be a hit, join a call
 * or lead one; those that lead before the last was asked go into one call together. One that comes to
 * lead later, as another caller was cancelled, makes a call of its own.
 */
final class AsyncBatch<Q, T> {

  private final AsyncBatchComputation<Q, T> computation;
  private final AtomicInteger together = new AtomicInteger(1);
  private @Nullable Map<Q, CompletableFuture<T>> waiting = new LinkedHashMap<>();

  AsyncBatch(AsyncBatchComputation<Q, T> computation) {
    this.computation = computation;
  }

  /** How one question is asked. */
  @FunctionalInterface
  interface Asking<T> {
    /**
     * Asks.
     *
     * @param sharers among how many answers the time of the call is split
     */
    CompletableFuture<Answer<T>> ask(
        ResponseKey key, AsyncComputation<? extends T> computation, IntSupplier sharers);
  }

  @SuppressWarnings("FutureReturnValueIgnored") // the callback ends the caller's future
  CompletableFuture<Map<Q, Answer<T>>> answers(
      Collection<? extends Q> questions, Function<? super Q, ResponseKey> keyOf, Asking<T> asking) {
    // All keys first: a key that cannot be made leaves nobody waiting.
    var keys = new LinkedHashMap<Q, ResponseKey>();
    questions.forEach(question -> keys.computeIfAbsent(question, keyOf));
    var answers = new LinkedHashMap<Q, CompletableFuture<Answer<T>>>();
    keys.forEach((question, key) ->
        answers.put(question, asking.ask(key, () -> lead(question), together::get)));
    depart();
    var result = new CompletableFuture<Map<Q, Answer<T>>>();
    CompletableFuture.allOf(answers.values().toArray(new CompletableFuture<?>[0]))
        .whenComplete((all, failure) -> {
          if (failure == null) {
            var brought = new LinkedHashMap<Q, Answer<T>>();
            answers.forEach((question, answer) -> brought.put(question, answer.join()));
            result.complete(brought);
          } else {
            result.completeExceptionally(Lead.cause(failure));
          }
        });
    return result;
  }

  private CompletionStage<T> lead(Q question) {
    synchronized (this) {
      if (waiting != null) {
        var answer = new CompletableFuture<T>();
        waiting.put(question, answer);
        return answer;
      }
    }
    return computation
        .start(List.of(question))
        .thenApply(brought -> BatchAnswers.require(brought, question));
  }

  @SuppressWarnings("FutureReturnValueIgnored") // the callback ends the futures of all who wait
  private void depart() {
    Map<Q, CompletableFuture<T>> leading = takeWaiting();
    if (leading.isEmpty()) {
      return;
    }
    together.set(leading.size());
    CompletionStage<? extends Map<Q, ? extends T>> stage;
    try {
      stage = computation.start(List.copyOf(leading.keySet()));
    } catch (Throwable e) {
      stage = CompletableFuture.failedStage(e);
    }
    stage.whenComplete((brought, failure) -> leading.forEach((question, answer) -> {
      try {
        if (failure == null) {
          answer.complete(BatchAnswers.require(brought, question));
        } else {
          answer.completeExceptionally(failure);
        }
      } catch (RuntimeException e) {
        answer.completeExceptionally(e);
      }
    }));
  }

  private synchronized Map<Q, CompletableFuture<T>> takeWaiting() {
    Map<Q, CompletableFuture<T>> taken = waiting == null ? Map.of() : waiting;
    waiting = null;
    return taken;
  }
}
