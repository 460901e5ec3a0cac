package io.holdfast.response;

import io.holdfast.response.Flight.Landing;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * One who came after the stream had begun: is told the chunks so far, then the live ones, in turns on the
 * executor, so that a slow one holds up nobody.
 */
final class StreamFollower<T> {

  private final LiveStream stream;
  private final Delivery<T> delivery;
  private final Executor executor;
  private final Consumer<Landing<T>> end;
  private final Runnable wake = this::wake;
  private final AtomicInteger wakes = new AtomicInteger();
  private volatile @Nullable Landing<T> landing;
  private int delivered; // of the one turn that runs

  /**
   * Of this stream.
   *
   * @param end told the landing, after all chunks that came before it
   */
  StreamFollower(
      LiveStream stream, Delivery<T> delivery, Executor executor, Consumer<Landing<T>> end) {
    this.stream = stream;
    this.delivery = delivery;
    this.executor = executor;
    this.end = end;
  }

  void start() {
    stream.follow(wake);
    wake();
  }

  /** The stream has ended, after its last chunk. */
  void landed(Landing<T> how) {
    stream.unfollow(wake);
    landing = how;
    wake();
  }

  /** Whether chunks of this stream were told; only from within {@code end}. */
  boolean hasDelivered() {
    return delivered > 0;
  }

  private void wake() {
    if (wakes.getAndIncrement() == 0) {
      executor.execute(this::turn);
    }
  }

  private void turn() {
    int seen = wakes.get();
    while (true) {
      Landing<T> landed = landing;
      for (Chunk chunk = stream.find(delivered); chunk != null; chunk = stream.find(delivered)) {
        delivery.chunk(chunk.text());
        delivered++;
      }
      if (landed != null) {
        end.accept(landed);
        return; // and never wakes again, as the count stays
      }
      int left = wakes.addAndGet(-seen);
      if (left == 0) {
        return;
      }
      seen = left;
    }
  }
}
