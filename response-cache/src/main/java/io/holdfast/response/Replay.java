package io.holdfast.response;

import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;

/** Delivers a stored stream again, at once or with pauses like those it had. */
final class Replay<T> {

  private final List<Chunk> chunks;
  private final Answer<T> answer;
  private final Delivery<T> delivery;
  private final double pace;
  private final Executor executor;
  private int next;

  /**
   * Of this stream.
   *
   * @param pace what the original pauses are multiplied with; 0 for none
   */
  Replay(
      List<Chunk> chunks, Answer<T> answer, Delivery<T> delivery, double pace, Executor executor) {
    this.chunks = chunks;
    this.answer = answer;
    this.delivery = delivery;
    this.pace = pace;
    this.executor = executor;
  }

  /** Without pauses the whole of it, on this thread; else returns at once. */
  void start() {
    if (pace == 0) {
      chunks.forEach(chunk -> delivery.chunk(chunk.text()));
      delivery.complete(answer);
    } else {
      pauseThenGoOn();
    }
  }

  // Each step starts the next one, so one thread at a time is here, and sees what the last one did.
  private void pauseThenGoOn() {
    if (next == chunks.size()) {
      executor.execute(() -> delivery.complete(answer));
      return;
    }
    Chunk chunk = chunks.get(next);
    next++;
    CompletableFuture.delayedExecutor(
            (long) (chunk.afterMillis() * pace), TimeUnit.MILLISECONDS, executor)
        .execute(() -> {
          if (!delivery.isOver()) {
            delivery.chunk(chunk.text());
            pauseThenGoOn();
          }
        });
  }
}
