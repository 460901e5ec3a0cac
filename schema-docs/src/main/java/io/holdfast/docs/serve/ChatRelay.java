package io.holdfast.docs.serve;

import io.holdfast.docs.llm.StreamedAnswer;
import io.holdfast.response.Answer;
import io.holdfast.response.StreamListener;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/**
 * Between those who tell the answer and the thread of one request, which writes it: a caller that reads
 * slowly holds up its own thread and no other caller. What waits in between is an answer of a model, whose
 * length is limited there.
 */
final class ChatRelay implements StreamListener<StreamedAnswer> {

  /** A line now and then keeps the connection, and shows whether the caller is still there. */
  private static final long SIGN_OF_LIFE_MILLIS = 2_000;

  private final BlockingQueue<ChatEvent> events = new LinkedBlockingQueue<>();

  void asking() {
    events.add(new ChatEvent.Asking());
  }

  @Override
  public void onChunk(String chunk) {
    events.add(new ChatEvent.Piece(chunk));
  }

  @Override
  public void onComplete(Answer<StreamedAnswer> answer) {
    events.add(new ChatEvent.Done(answer));
  }

  @Override
  public void onError(Throwable failure) {
    events.add(new ChatEvent.Broken(failure));
  }

  /**
   * Writes until the end, or until the time is over.
   *
   * @throws IOException if the caller is gone
   */
  void run(Exchange exchange, Duration time) throws IOException, InterruptedException {
    long endNanos = System.nanoTime() + time.toNanos();
    var lines = new ChatLines();
    boolean over = false;
    while (!over) {
      long leftMillis = TimeUnit.NANOSECONDS.toMillis(endNanos - System.nanoTime());
      if (leftMillis <= 0) {
        lines.error("The model takes longer than " + time.toSeconds() + " seconds.");
        over = true;
      } else {
        over = takeTo(lines, Math.min(leftMillis, SIGN_OF_LIFE_MILLIS));
      }
      exchange.write(lines.take(), over);
    }
  }

  /** Waits for something to tell, and takes all there is; whether that was the end. */
  private boolean takeTo(ChatLines lines, long waitMillis) throws InterruptedException {
    ChatEvent first = events.poll(waitMillis, TimeUnit.MILLISECONDS);
    if (first == null) {
      lines.status("waiting");
      return false;
    }
    List<ChatEvent> rest = new ArrayList<>();
    events.drainTo(rest);
    boolean over = lines.add(first);
    for (ChatEvent event : rest) {
      over |= lines.add(event);
    }
    return over;
  }
}
