package io.holdfast.docs.serve;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.holdfast.docs.llm.ChatEndpoint;
import io.holdfast.docs.run.Books;
import io.holdfast.response.spi.SemanticStage;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** A model behind an HTTP server on the loopback, with a fixed answer, streamed or whole as it is asked for. */
final class FakeModel implements AutoCloseable {

  private final HttpServer server;
  private final ExecutorService threads = Executors.newCachedThreadPool();

  final List<String> prompts = new CopyOnWriteArrayList<>();
  final CountDownLatch hungUp = new CountDownLatch(1);
  volatile List<String> pieces = List.of("Orders ", "belong to ", "customers.");
  volatile int status = 200;
  volatile String finishReason = "stop";
  /** After its first piece a stream waits here, if there is one. */
  volatile @Nullable CountDownLatch gate;

  /** Finds other words, if there is one. */
  @Nullable
  SemanticStage otherWords;

  FakeModel() throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext("/v1/chat/completions", this::answer);
    server.setExecutor(threads);
    server.start();
  }

  ChatModel model() {
    return model(Duration.ofSeconds(60));
  }

  ChatModel model(Duration timeout) {
    return new ChatModel(endpoint(timeout), Books.NONE, otherWords);
  }

  ChatModel model(Books books) {
    return new ChatModel(endpoint(Duration.ofSeconds(60)), books, otherWords);
  }

  private ChatEndpoint endpoint(Duration timeout) {
    return new ChatEndpoint(
        new ChatEndpoint.Settings(
            "http://127.0.0.1:" + server.getAddress().getPort() + "/v1", "small", 0, 200, timeout),
        "sk-secret");
  }

  private void answer(HttpExchange exchange) throws IOException {
    String prompt = new String(exchange.getRequestBody().readAllBytes(), UTF_8);
    prompts.add(prompt);
    if (prompt.contains("\"stream\":false")) {
      answerWhole(exchange);
      return;
    }
    exchange.getResponseHeaders().set("Content-Type", "text/event-stream");
    exchange.sendResponseHeaders(status, status == 200 ? 0 : -1);
    if (status == 200) {
      try (OutputStream out = exchange.getResponseBody()) {
        stream(out);
      } catch (IOException e) {
        hungUp.countDown();
        throw e;
      }
    }
    exchange.close();
  }

  private void answerWhole(HttpExchange exchange) throws IOException {
    byte[] body = ("{\"choices\":[{\"message\":{\"content\":\"" + String.join("", pieces)
            + "\"},\"finish_reason\":\"stop\"}],\"usage\":{\"prompt_tokens\":300,"
            + "\"completion_tokens\":50,\"prompt_tokens_details\":{\"cached_tokens\":100}}}")
        .getBytes(UTF_8);
    exchange.sendResponseHeaders(200, body.length);
    exchange.getResponseBody().write(body);
    exchange.close();
  }

  private void stream(OutputStream out) throws IOException {
    boolean first = true;
    for (String piece : pieces) {
      event(out, "{\"choices\":[{\"delta\":{\"content\":\"" + piece + "\"}}]}");
      if (first) {
        hold(out);
      }
      first = false;
    }
    if (!finishReason.isEmpty()) {
      event(out, "{\"choices\":[{\"delta\":{},\"finish_reason\":\"" + finishReason + "\"}]}");
      event(out, "{\"choices\":[],\"usage\":{\"prompt_tokens\":40,\"completion_tokens\":2}}");
      event(out, "[DONE]");
    }
  }

  /** Waits at the gate; comments in the stream find out whether somebody still reads. */
  private void hold(OutputStream out) throws IOException {
    CountDownLatch here = gate;
    try {
      while (here != null && !here.await(20, TimeUnit.MILLISECONDS)) {
        out.write(": still here\n\n".getBytes(UTF_8));
        out.flush();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private static void event(OutputStream out, String data) throws IOException {
    out.write(("data: " + data + "\n\n").getBytes(UTF_8));
    out.flush();
  }

  @Override
  public void close() {
    server.stop(0);
    threads.shutdownNow();
  }
}
