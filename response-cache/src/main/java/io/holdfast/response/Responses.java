package io.holdfast.response;

import io.holdfast.schema.SchemaKey;
import java.util.Collection;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;

/**
 * Ways to ask for answers; see {@link ResponseCache}. Safe from any thread.
 *
 * @param <T> the type of the answers
 */
public interface Responses<T> {

  /**
   * The stored answer, or the one that another thread is computing, or a new one.
   *
   * <p>A hit costs one look-up in the cache and one decoding. A miss costs the call and one write; the
   * answer is handed to those who wait before it is written, and is in the cache when this returns,
   * unless it could not be stored.
   *
   * @param key everything that can change the answer
   * @param computation the call; callers of one key are expected to bring the same one
   * @throws X what the computation threw, in this thread or in the one this one waited for
   * @throws CoalescedWaitException if this thread waited for another one's call and was interrupted or
   *     out of time; that call goes on
   * @throws IllegalStateException if a computation asks, directly or through others, for its own key
   * @throws NotCachedException if nothing is stored and the policy allows no call
   * @throws RememberedFailureException if the call failed a short while ago and that is remembered
   */
  <X extends Exception> Answer<T> answer(ResponseKey key, Computation<? extends T, X> computation)
      throws X;

  /**
   * The same for a client that answers with futures. Looks into the cache on the calling thread, and
   * stores on the one that ends the stage; nobody waits on a thread for another call. The future fails
   * with what {@link #answer} throws. Cancelling it disturbs no other caller: the call goes on, and its
   * answer is stored. A computation that waits for its own key waits for ever, unless {@link
   * ResponseCacheBuilder#maxWait} ends it.
   */
  CompletableFuture<Answer<T>> answerAsync(
      ResponseKey key, AsyncComputation<? extends T> computation);

  /**
   * Many answers: those stored, those that others are computing, and the rest by one call. Costs one
   * {@code getAll} of the cache, and one write for each new answer. Each key is looked up and computed
   * once, however many questions have it. The time of the call is split evenly among its answers.
   *
   * @param questions equal ones count once
   * @param keyOf everything that can change the answer to a question
   * @param computation answers what is missing; what somebody else was computing and gave up, it is asked
   *     for again, one by one
   * @return an answer for each question, in their order
   * @throws X what a computation threw; the other questions' answers are stored nevertheless if it was
   *     not the same call
   * @throws IllegalStateException if the computation left a question without an answer, or as {@link
   *     #answer}
   */
  <Q, X extends Exception> Map<Q, Answer<T>> answerAll(
      Collection<? extends Q> questions,
      Function<? super Q, ResponseKey> keyOf,
      BatchComputation<Q, T, X> computation)
      throws X;

  /**
   * The same for a client that answers with futures: nobody waits on a thread for a call. Looks up each
   * key by itself on the calling thread. The future ends when all have ended, and fails with what one of
   * them failed with; the others' answers are stored all the same.
   *
   * @param questions equal ones count once
   * @param keyOf everything that can change the answer to a question
   * @param computation answers what is missing; what somebody else was computing and gave up, it is asked
   *     for again, one by one
   */
  <Q> CompletableFuture<Map<Q, Answer<T>>> answerAllAsync(
      Collection<? extends Q> questions,
      Function<? super Q, ResponseKey> keyOf,
      AsyncBatchComputation<Q, T> computation);

  /**
   * The same for an answer that arrives in pieces. The listener hears them as they arrive, from the
   * threads of the source. Who asks for the same key meanwhile hears what has come so far and then the
   * rest, on the stream executor; who asks without a stream gets the answer at the end. A complete answer
   * is stored with its pieces, and a hit hears them again, on the calling thread unless {@link
   * ResponseCacheBuilder#replayPace} says otherwise; an answer that came in one piece is handed over as
   * {@link ResponseCodec#chunks} says. A stream that broke, or whose listeners have all cancelled, stores
   * nothing. Whatever goes wrong, the listener hears of it; nothing is thrown.
   *
   * @return ends this listener's part
   */
  StreamHandle stream(ResponseKey key, StreamSource<T> source, StreamListener<T> listener);

  /** The stored answer, if there is one; calls nobody and waits for nobody. */
  Optional<Answer<T>> find(ResponseKey key);

  /** {@link #answer(ResponseKey, Computation)}, the value only. */
  default <X extends Exception> T get(ResponseKey key, Computation<? extends T, X> computation)
      throws X {
    return answer(key, computation).value();
  }

  /** {@link #answer(ResponseKey, Computation)}, the value only. */
  default <X extends Exception> T get(SchemaKey key, Computation<? extends T, X> computation)
      throws X {
    return answer(ResponseKey.of(key), computation).value();
  }

  /** {@link #answer(ResponseKey, Computation)} for an answer about one table. */
  default <X extends Exception> Answer<T> answer(
      SchemaKey key, Computation<? extends T, X> computation) throws X {
    return answer(ResponseKey.of(key), computation);
  }
}
