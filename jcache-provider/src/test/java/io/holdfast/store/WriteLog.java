package io.holdfast.store;

import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.PrintStream;
import java.util.Collection;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * What a process that is going to be killed says of its writes; {@link WriteLedger} listens. Each line ends
 * with a dot, so that one cut by the kill is told from a whole one. A state is {@code key=version}, or
 * {@code key=-} for a deleted key.
 */
public final class WriteLog {
  private final PrintStream out =
      new PrintStream(new FileOutputStream(FileDescriptor.out), /* autoFlush= */ false);

  /** What a write promises. */
  public enum Kind {
    /** May be acknowledged before it is in the file. */
    RELAXED,
    /** In the file when acknowledged, as a whole or not at all. */
    ATOMIC,
    /** In the file when acknowledged, key by key. */
    EACH,
    /** Deletes every key; nobody else writes meanwhile. */
    CLEAR
  }

  /** Before a write. */
  public void announce(int writer, Kind kind, Collection<String> states) {
    say(Stream.of(">", String.valueOf(writer), kind.name(), String.join(" ", states)));
  }

  /**
   * After a write.
   *
   * @param beforeNanos when it was begun
   */
  public void acknowledge(int writer, boolean applied, long beforeNanos) {
    say(Stream.of(
        "<",
        String.valueOf(writer),
        String.valueOf(applied),
        String.valueOf(beforeNanos),
        String.valueOf(System.nanoTime())));
  }

  /** After a write of which nobody knows whether it is in the file. */
  public void unknown(int writer) {
    say(Stream.of("U", String.valueOf(writer)));
  }

  /** Before a state may be deleted by somebody who is not its writer. */
  public void maybeGone(String state) {
    say(Stream.of("?", state));
  }

  /** A state was deleted by somebody who is not its writer: evicted or swept. */
  public void gone(String state) {
    say(Stream.of("!", state));
  }

  /** Something went wrong that is no kill. */
  public void failed(Throwable failure) {
    say(Stream.of("X", failure.toString().replace('\n', ' ')));
  }

  private synchronized void say(Stream<String> words) {
    out.print(words.collect(Collectors.joining(" ", "", " .\n")));
    out.flush();
  }
}
