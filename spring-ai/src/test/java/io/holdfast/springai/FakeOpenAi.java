package io.holdfast.springai;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** An HTTP server on the loopback that speaks OpenAI's protocol as far as Spring AI's client uses it. */
final class FakeOpenAi implements AutoCloseable {

  private static final String HEAD =
      "{\"id\":\"chatcmpl-1\",\"created\":1700000000,\"model\":\"m-1-2026\",";
  private static final String USAGE =
      "\"usage\":{\"prompt_tokens\":11,\"completion_tokens\":7,\"total_tokens\":18}}";

  private final HttpServer server;
  private final ExecutorService threads = Executors.newCachedThreadPool();
  private final JsonMapper mapper = new JsonMapper();

  final List<JsonNode> requests = new CopyOnWriteArrayList<>();
  volatile List<String> pieces = List.of("be", "ca", "use");
  volatile int status = 200;
  volatile String finishReason = "stop";
  /** After so many pieces the connection is cut. */
  volatile int breaksAfter = Integer.MAX_VALUE;
  /** Answers wait here, streams after their second piece, if there is one. */
  volatile @Nullable CountDownLatch gate;

  FakeOpenAi() throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext("/v1/chat/completions", this::answer);
    server.setExecutor(threads);
    server.start();
  }

  String baseUrl() {
    return "http://" + server.getAddress().getAddress().getHostAddress() + ":"
        + server.getAddress().getPort();
  }

  int calls() {
    return requests.size();
  }

  private void answer(HttpExchange exchange) throws IOException {
    JsonNode request = mapper.readTree(exchange.getRequestBody());
    requests.add(request);
    if (status != 200) {
      await();
      send(exchange, "{\"error\":{\"message\":\"slow down\"}}");
    } else if (request.path("stream").booleanValue()) {
      stream(exchange);
    } else {
      await();
      String words = String.join("", pieces).replace("\"", "\\\"");
      send(
          exchange,
          HEAD + "\"choices\":[{\"index\":0,\"message\":{\"role\":\"assistant\",\"content\":\""
              + words + "\"},\"finish_reason\":\"" + finishReason + "\"}]," + USAGE);
    }
    // Not after an exception: closing would end a chunked body as it should end.
    exchange.close();
  }

  private void send(HttpExchange exchange, String json) throws IOException {
    byte[] bytes = json.getBytes(UTF_8);
    exchange.getResponseHeaders().set("Content-Type", "application/json");
    exchange.sendResponseHeaders(status, bytes.length);
    exchange.getResponseBody().write(bytes);
  }

  private void stream(HttpExchange exchange) throws IOException {
    exchange.getResponseHeaders().set("Content-Type", "text/event-stream");
    exchange.sendResponseHeaders(200, 0);
    OutputStream out = exchange.getResponseBody();
    int sent = 0;
    for (String piece : pieces) {
      if (sent++ == breaksAfter) {
        throw new IOException("broken on purpose");
      }
      event(
          out,
          HEAD + "\"choices\":[{\"index\":0,\"delta\":{\"role\":\"assistant\",\"content\":\""
              + piece + "\"}}]}");
      // The client tells of a piece when the next one has come.
      if (sent == 2) {
        await();
      }
    }
    event(
        out,
        HEAD + "\"choices\":[{\"index\":0,\"delta\":{},\"finish_reason\":\"" + finishReason
            + "\"}]}");
    event(out, HEAD + "\"choices\":[]," + USAGE);
    event(out, "[DONE]");
  }

  private static void event(OutputStream out, String data) throws IOException {
    out.write(("data: " + data + "\n\n").getBytes(UTF_8));
    out.flush();
  }

  private void await() {
    CountDownLatch latch = gate;
    try {
      if (latch != null && !latch.await(30, TimeUnit.SECONDS)) {
        throw new IllegalStateException("nobody opened the gate");
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  @Override
  public void close() {
    server.stop(0);
    threads.shutdownNow();
  }
}
