package io.holdfast.response;

import java.util.Collection;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;
import java.util.function.IntSupplier;
import org.jspecify.annotations.Nullable;

/** Asks under one policy; what must not be cached goes past the cache. */
final class PolicyResponses<T> implements Responses<T> {

  private final Gate gate;
  private final SemanticHits<T> semantic;
  private final Calls<T> calls;
  private final AsyncCalls<T> asyncCalls;
  private final BatchCalls<T> batchCalls;
  private final StreamCalls<T> streamCalls;
  private final CallPolicy policy;

  PolicyResponses(
      Gate gate,
      SemanticHits<T> semantic,
      Calls<T> calls,
      AsyncCalls<T> asyncCalls,
      BatchCalls<T> batchCalls,
      StreamCalls<T> streamCalls,
      CallPolicy policy) {
    this.gate = gate;
    this.semantic = semantic;
    this.calls = calls;
    this.asyncCalls = asyncCalls;
    this.batchCalls = batchCalls;
    this.streamCalls = streamCalls;
    this.policy = policy;
  }

  PolicyResponses<T> with(CallPolicy other) {
    return new PolicyResponses<>(gate, semantic, calls, asyncCalls, batchCalls, streamCalls, other);
  }

  /** The cacheable call; null if the key has to go past the cache. */
  private @Nullable Call call(ResponseKey key, boolean streamed) {
    String text = key.text().orElse(null);
    return text == null || gate.refusal(key) != null
        ? null
        : new Call(
            text,
            key.namespace(),
            policy,
            streamed,
            key.question().orElse(null),
            semantic.partition(key));
  }

  private NotStoredReason reasonToCall(ResponseKey key) {
    if (policy.onlyIfCached()) {
      throw new NotCachedException();
    }
    NotStoredReason reason = gate.refusal(key);
    return reason == null ? NotStoredReason.BYPASSED : reason;
  }

  @Override
  public <X extends Exception> Answer<T> answer(
      ResponseKey key, Computation<? extends T, X> computation) throws X {
    Call call = call(key, /* streamed= */ false);
    return call == null
        ? calls.uncached(key.namespace(), computation, reasonToCall(key))
        : calls.answer(call, computation);
  }

  @Override
  public CompletableFuture<Answer<T>> answerAsync(
      ResponseKey key, AsyncComputation<? extends T> computation) {
    return answerAsync(key, computation, () -> 1);
  }

  private CompletableFuture<Answer<T>> answerAsync(
      ResponseKey key, AsyncComputation<? extends T> computation, IntSupplier sharers) {
    try {
      Call call = call(key, /* streamed= */ false);
      return call == null
          ? asyncCalls.uncached(key.namespace(), computation, sharers, reasonToCall(key))
          : asyncCalls.answer(call, computation, sharers);
    } catch (NotCachedException e) {
      return CompletableFuture.failedFuture(e);
    }
  }

  @Override
  public <Q> CompletableFuture<Map<Q, Answer<T>>> answerAllAsync(
      Collection<? extends Q> questions,
      Function<? super Q, ResponseKey> keyOf,
      AsyncBatchComputation<Q, T> computation) {
    return new AsyncBatch<Q, T>(computation).answers(questions, keyOf, this::answerAsync);
  }

  @Override
  public <Q, X extends Exception> Map<Q, Answer<T>> answerAll(
      Collection<? extends Q> questions,
      Function<? super Q, ResponseKey> keyOf,
      BatchComputation<Q, T, X> computation)
      throws X {
    var batch = batchCalls.batch(computation);
    for (Q question : questions) {
      if (!batch.has(question)) {
        ResponseKey key = keyOf.apply(question);
        Call call = call(key, /* streamed= */ false);
        if (call == null) {
          batch.addUncached(question, key.namespace(), reasonToCall(key));
        } else {
          batch.add(question, call);
        }
      }
    }
    return batch.answers();
  }

  @Override
  public StreamHandle stream(ResponseKey key, StreamSource<T> source, StreamListener<T> listener) {
    Call call = call(key, /* streamed= */ true);
    if (call != null) {
      return streamCalls.stream(call, source, listener);
    }
    try {
      return streamCalls.uncached(key.namespace(), source, listener, reasonToCall(key));
    } catch (NotCachedException e) {
      listener.onError(e);
      return () -> {};
    }
  }

  @Override
  public Optional<Answer<T>> find(ResponseKey key) {
    Call call = call(key, /* streamed= */ false);
    return call == null ? Optional.empty() : Optional.ofNullable(calls.find(call));
  }
}
