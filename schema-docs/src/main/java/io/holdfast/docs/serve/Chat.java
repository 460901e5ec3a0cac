package io.holdfast.docs.serve;

import io.holdfast.docs.describe.DescriptionException;
import io.holdfast.docs.llm.ChatEndpoint;
import io.holdfast.docs.llm.SchemaQuestion;
import io.holdfast.docs.llm.StreamedAnswer;
import io.holdfast.docs.run.DocumentationCache;
import io.holdfast.response.ResponseCache;
import io.holdfast.response.ResponseCodec;
import io.holdfast.response.StreamHandle;
import io.holdfast.response.StreamSink;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.time.Duration;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.jspecify.annotations.Nullable;

/**
 * {@code POST /api/chat/stream}: a question about the structure, answered by the model line by line, or
 * by the cache in the pieces of the first time. Equal questions at the same time make one call.
 */
final class Chat implements Endpoint, AutoCloseable {

  /** The cache's name in the file, in logs and in JMX. */
  static final String NAME = ChatModel.CACHE;

  private static final Duration TIME_TO_LIVE = Duration.ofDays(30);

  private final Tenants tenants;
  private final @Nullable ChatModel model;
  // As many threads as calls are under way; the slots of the service limit them.
  private final ExecutorService threads = Executors.newCachedThreadPool(task -> {
    var thread = new Thread(task, "holdfast-chat");
    thread.setDaemon(true);
    return thread;
  });
  private final ResponseCache<StreamedAnswer> answers;

  Chat(Tenants tenants, DocumentationCache cache, @Nullable ChatModel model) {
    this.tenants = tenants;
    this.model = model;
    this.answers = answers(cache, model);
  }

  private ResponseCache<StreamedAnswer> answers(
      DocumentationCache cache, @Nullable ChatModel asked) {
    var answersOf = cache
        .others(NAME)
        .codec(ResponseCodec.json(StreamedAnswer.class))
        .storeIf(answer -> !answer.cutOff() && !answer.text().isBlank())
        .timeToLive(TIME_TO_LIVE)
        .streamExecutor(threads);
    if (asked != null) {
      String name = asked.endpoint().settings().model();
      asked.books().keptBy(answersOf.usageOf(answer -> answer.usageOf(name)));
      if (asked.otherWords() != null) {
        answersOf.semantic(asked.otherWords(), ChatModel.NAMESPACE);
      }
    }
    return answersOf.build();
  }

  ResponseCache<StreamedAnswer> answers() {
    return answers;
  }

  @Override
  public void answer(Exchange exchange) throws IOException, Problem {
    if (model == null) {
      throw Problem.of(
          503,
          "There is no model to answer: the service was started without --llm-url."
              + " Explanations are there without one.");
    }
    ChatEndpoint endpoint = model.endpoint();
    exchange.mayTakeLong();
    ChatQuestion question = ChatQuestion.read(exchange.body(), tenants);
    exchange.answerHeader("Content-Type", "application/x-ndjson");
    exchange.answerHeader("Cache-Control", "no-store");
    var relay = new ChatRelay();
    StreamHandle handle = answers.stream(
        question.key(endpoint.settings()), sink -> ask(endpoint, question, sink, relay), relay);
    try {
      relay.run(exchange, endpoint.settings().timeout());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new InterruptedIOException("the service is stopping");
    } finally {
      // Of no effect after the end; before it, nobody is left who wants the answer.
      handle.cancel();
    }
  }

  private void ask(
      ChatEndpoint endpoint,
      ChatQuestion question,
      StreamSink<StreamedAnswer> sink,
      ChatRelay relay) {
    relay.asking();
    threads.execute(() -> {
      try {
        sink.complete(
            endpoint.stream(SchemaQuestion.SYSTEM, question.prompt(), sink::chunk, sink::onCancel));
      } catch (DescriptionException | RuntimeException e) {
        sink.fail(e);
      }
    });
  }

  @Override
  public void close() {
    answers.close();
    threads.shutdownNow();
  }
}
