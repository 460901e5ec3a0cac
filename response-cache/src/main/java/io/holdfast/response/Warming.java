package io.holdfast.response;

import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.Function;

/**
 * Asks in advance what will be asked, so that the first users find answers. What is stored already costs
 * a look-up each.
 *
 * @param <Q> the questions
 * @param <T> the answers
 */
public final class Warming<Q, T> {

  private static final JsonMapper MAPPER = new JsonMapper();

  private final Responses<T> responses;
  private final Function<? super Q, ResponseKey> keyOf;
  private final BatchComputation<Q, T, ? extends Exception> computation;
  private int batchSize = 1;
  private Consumer<Progress> progress = made -> {};

  private Warming(
      Responses<T> responses,
      Function<? super Q, ResponseKey> keyOf,
      BatchComputation<Q, T, ? extends Exception> computation) {
    this.responses = responses;
    this.keyOf = keyOf;
    this.computation = computation;
  }

  /** As {@link Responses#answerAll}. */
  public static <Q, T> Warming<Q, T> of(
      Responses<T> responses,
      Function<? super Q, ResponseKey> keyOf,
      BatchComputation<Q, T, ? extends Exception> computation) {
    return new Warming<>(responses, keyOf, computation);
  }

  /** How many questions go into one call; 1 unless told. */
  public Warming<Q, T> batchSize(int batchSize) {
    if (batchSize < 1) {
      throw new IllegalArgumentException("batchSize must be at least 1: " + batchSize);
    }
    this.batchSize = batchSize;
    return this;
  }

  /** Told after each batch, on the thread that warms; what it throws ends the warming. */
  public Warming<Q, T> progress(Consumer<Progress> progress) {
    this.progress = progress;
    return this;
  }

  /**
   * How far it is.
   *
   * @param done questions dealt with, of {@code total}
   * @param present of these, those that had an answer already, or shared another question's
   * @param computed of these, those answered anew
   * @param failed of these, those whose call failed
   */
  public record Progress(int done, int total, int present, int computed, int failed) {

    /** Between 0 and 100; 100 if there is nothing to do. */
    public int percent() {
      return total == 0 ? 100 : (int) (100L * done / total);
    }

    /**
     * One line for a terminal, such as {@code [########            ] 40 %, 2 of 5, 1 failed}; begin it with a
     * carriage return to draw it over the one before.
     *
     * @param width how long the bar is, in characters
     */
    public String bar(int width) {
      int filled = (int) ((long) width * percent() / 100);
      String bar = "[" + "#".repeat(filled) + " ".repeat(width - filled) + "] ";
      return bar + percent() + " %, " + done + " of " + total
          + (failed == 0 ? "" : ", " + failed + " failed");
    }
  }

  /**
   * Asks all of these, on this thread. A call that fails is counted, and the next one is made; the
   * failure itself is nobody's here, so look at {@link ResponseStatistics} and the log of the client.
   *
   * @return how it ended; {@code done} is less than {@code total} if this thread was interrupted
   */
  public Progress run(List<? extends Q> questions) {
    var now = new Progress(0, questions.size(), 0, 0, 0);
    progress.accept(now);
    for (int start = 0; start < questions.size(); start += batchSize) {
      if (Thread.currentThread().isInterrupted()) {
        return now;
      }
      now = after(now, questions.subList(start, Math.min(start + batchSize, questions.size())));
      progress.accept(now);
    }
    return now;
  }

  @SuppressWarnings("CatchingUnchecked") // whatever a client throws, the next call is made
  private Progress after(Progress before, List<? extends Q> batch) {
    int done = before.done() + batch.size();
    try {
      Map<Q, Answer<T>> answers = responses.answerAll(batch, keyOf, computation);
      int computed = (int) answers.values().stream().filter(Answer::isComputed).count();
      return new Progress(
          done,
          before.total(),
          before.present() + batch.size() - computed,
          before.computed() + computed,
          before.failed());
    } catch (Exception e) {
      if (e instanceof InterruptedException) {
        Thread.currentThread().interrupt();
      }
      return new Progress(
          done,
          before.total(),
          before.present(),
          before.computed(),
          before.failed() + batch.size());
    }
  }

  /**
   * The questions of a file with one JSON object a line; empty lines are passed over.
   *
   * @throws IOException if the file cannot be read, or a line, which the message numbers, is no object
   */
  public static List<Map<String, Object>> readNdjson(Path file) throws IOException {
    var type = new TypeReference<Map<String, Object>>() {};
    var questions = new ArrayList<Map<String, Object>>();
    try (BufferedReader lines = Files.newBufferedReader(file)) {
      int number = 0;
      for (String line = lines.readLine(); line != null; line = lines.readLine()) {
        number++;
        if (!line.isBlank()) {
          questions.add(parse(file, number, line, type));
        }
      }
    }
    return questions;
  }

  private static Map<String, Object> parse(
      Path file, int number, String line, TypeReference<Map<String, Object>> type)
      throws IOException {
    try {
      Map<String, Object> question = MAPPER.readValue(line, type);
      if (question != null) {
        return question;
      }
    } catch (IOException e) {
      // Without the cause, whose message quotes the line.
    }
    throw new IOException("Line " + number + " of " + file + " is not a JSON object");
  }
}
