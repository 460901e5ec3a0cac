package io.holdfast.langchain4j;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.StreamSupport;
import org.jspecify.annotations.Nullable;

/** An HTTP server on the loopback that speaks OpenAI's protocol as far as LangChain4j's client uses it. */
final class FakeOpenAi implements AutoCloseable {

  static final String USAGE = "{\"prompt_tokens\":11,\"completion_tokens\":7,\"total_tokens\":18,"
      + "\"prompt_tokens_details\":{\"cached_tokens\":3},"
      + "\"completion_tokens_details\":{\"reasoning_tokens\":2}}";

  private static final String HEAD =
      "{\"id\":\"chatcmpl-1\",\"created\":1700000000,\"model\":\"m-1-2026\","
          + "\"service_tier\":\"default\",\"system_fingerprint\":\"fp_1\",";
  private static final String TOOL_CALL =
      "{\"index\":0,\"id\":\"call_1\",\"type\":\"function\",\"function\":{\"name\":\"lookup\","
          + "\"arguments\":\"{\\\"id\\\": 7}\"}}";

  private final HttpServer server;
  private final ExecutorService threads = Executors.newCachedThreadPool();
  private final JsonMapper mapper = new JsonMapper();

  final List<JsonNode> requests = new CopyOnWriteArrayList<>();
  volatile List<String> pieces = List.of("be", "cause", "");
  volatile boolean callsTool;
  volatile int status = 200;
  /** The vector of a text: its length and its first character, unless told. */
  volatile Function<String, float[]> vectors =
      text -> new float[] {text.length() + 0.5f, text.charAt(0)};

  volatile String finishReason = "stop";
  /** After so many pieces the stream ends without its end. */
  volatile int endsAfter = Integer.MAX_VALUE;
  /** After so many pieces the connection is cut. */
  volatile int breaksAfter = Integer.MAX_VALUE;
  /** Answers wait here, if there is one. */
  volatile @Nullable CountDownLatch gate;
  /** A stream waits here after its first piece, if there is one. */
  volatile @Nullable CountDownLatch streamGate;

  FakeOpenAi() throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext("/v1/", this::answer);
    server.setExecutor(threads);
    server.start();
  }

  String baseUrl() {
    return "http://" + server.getAddress().getAddress().getHostAddress() + ":"
        + server.getAddress().getPort() + "/v1";
  }

  int calls() {
    return requests.size();
  }

  private void answer(HttpExchange exchange) throws IOException {
    JsonNode request = mapper.readTree(exchange.getRequestBody());
    requests.add(request);
    await(gate);
    if (status != 200) {
      send(exchange, status, "{\"error\":{\"message\":\"slow down\"}}");
    } else if (exchange.getRequestURI().getPath().endsWith("/embeddings")) {
      send(exchange, 200, embeddings(request.get("input")));
    } else if (request.path("stream").booleanValue()) {
      stream(exchange);
    } else {
      send(exchange, 200, message());
    }
    // Not after an exception: closing would end a chunked body as it should end.
    exchange.close();
  }

  private static void await(@Nullable CountDownLatch latch) {
    try {
      if (latch != null && !latch.await(30, TimeUnit.SECONDS)) {
        throw new IllegalStateException("nobody opened the gate");
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private static void send(HttpExchange exchange, int status, String json) throws IOException {
    byte[] bytes = json.getBytes(UTF_8);
    exchange.getResponseHeaders().set("Content-Type", "application/json");
    exchange.sendResponseHeaders(status, bytes.length);
    exchange.getResponseBody().write(bytes);
  }

  private String message() {
    String message = callsTool
        ? "{\"role\":\"assistant\",\"tool_calls\":[" + TOOL_CALL + "]}"
        : "{\"role\":\"assistant\",\"content\":\"" + String.join("", pieces) + "\"}";
    return HEAD + "\"choices\":[{\"index\":0,\"message\":" + message + ",\"finish_reason\":\""
        + reason() + "\"}],\"usage\":" + USAGE + "}";
  }

  private String reason() {
    return callsTool ? "tool_calls" : finishReason;
  }

  private void stream(HttpExchange exchange) throws IOException {
    exchange.getResponseHeaders().set("Content-Type", "text/event-stream");
    exchange.sendResponseHeaders(200, 0);
    OutputStream out = exchange.getResponseBody();
    if (callsTool) {
      event(out, delta("{\"role\":\"assistant\",\"tool_calls\":[" + TOOL_CALL + "]}", null));
    }
    int sent = 0;
    for (String piece : callsTool ? List.<String>of() : pieces) {
      if (sent == breaksAfter) {
        throw new IOException("broken on purpose");
      }
      if (sent++ == endsAfter) {
        return;
      }
      event(out, delta("{\"content\":\"" + piece + "\"}", null));
      await(streamGate);
    }
    event(out, delta("{}", reason()));
    event(out, HEAD + "\"choices\":[],\"usage\":" + USAGE + "}");
    event(out, "[DONE]");
  }

  private static String delta(String delta, @Nullable String reason) {
    return HEAD + "\"choices\":[{\"index\":0,\"delta\":" + delta
        + (reason == null ? "" : ",\"finish_reason\":\"" + reason + "\"") + "}]}";
  }

  private static void event(OutputStream out, String data) throws IOException {
    out.write(("data: " + data + "\n\n").getBytes(UTF_8));
    out.flush();
  }

  private String embeddings(JsonNode texts) {
    String data = StreamSupport.stream(texts.spliterator(), false)
        .map(JsonNode::textValue)
        .map(text -> "{\"embedding\":" + Arrays.toString(vectors.apply(text)) + "}")
        .collect(Collectors.joining(","));
    return "{\"model\":\"e-1\",\"data\":[" + data
        + "],\"usage\":{\"prompt_tokens\":4,\"total_tokens\":4}}";
  }

  @Override
  public void close() {
    server.stop(0);
    threads.shutdownNow();
  }
}
