package io.holdfast.docs.serve;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.File;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.WebSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;

/**
 * A real browser without a window, driven over its DevTools protocol with what the JDK has.
 *
 * @see <a href="https://chromedevtools.github.io/devtools-protocol/">DevTools protocol</a>
 */
final class Chromium implements AutoCloseable {

  private static final ObjectMapper JSON = new ObjectMapper();
  private static final Duration START = Duration.ofSeconds(60);

  private final Process process;
  private final HttpClient client = HttpClient.newHttpClient();
  private final Map<Integer, CompletableFuture<JsonNode>> calls = new ConcurrentHashMap<>();
  private final AtomicInteger lastCall = new AtomicInteger();
  private final List<String> complaints = new CopyOnWriteArrayList<>();
  private final WebSocket socket;

  private Chromium(Path program, Path profile) throws Exception {
    var command = new ArrayList<>(List.of(
        program.toString(),
        "--headless",
        "--disable-gpu",
        "--disable-quic",
        "--no-first-run",
        "--disable-background-networking",
        "--disable-component-update",
        "--disable-sync",
        "--disable-dev-shm-usage",
        "--window-size=1280,900",
        "--user-data-dir=" + profile,
        "--remote-debugging-port=0"));
    if ("root".equals(System.getProperty("user.name"))) {
      command.add("--no-sandbox");
    }
    command.add("about:blank");
    var builder = new ProcessBuilder(command)
        .redirectErrorStream(true)
        .redirectOutput(profile.resolve("chromium.log").toFile());
    builder.environment().put("TMPDIR", profile.toString());
    process = builder.start();
    try {
      socket = client
          .newWebSocketBuilder()
          .buildAsync(page(port(profile)), new Listener())
          .join();
      call("Page.enable", Map.of());
      call("Log.enable", Map.of());
      call("Runtime.enable", Map.of());
    } catch (Exception e) {
      end();
      throw e;
    }
  }

  /** Where it is installed, if it is. */
  static Optional<Path> find() {
    String path = Optional.ofNullable(System.getenv("PATH")).orElse("");
    return Stream.of("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
        .flatMap(
            name -> Stream.of(path.split(File.pathSeparator)).map(folder -> Path.of(folder, name)))
        .filter(Files::isExecutable)
        .findFirst();
  }

  static Chromium start(Path program, Path profile) throws Exception {
    return new Chromium(program, profile);
  }

  private int port(Path profile) throws IOException, InterruptedException {
    Path file = profile.resolve("DevToolsActivePort");
    long endNanos = System.nanoTime() + START.toNanos();
    while (!Files.exists(file) || Files.size(file) == 0) {
      if (!process.isAlive() || System.nanoTime() - endNanos > 0) {
        throw new IOException(
            "Chromium does not start: " + Files.readString(profile.resolve("chromium.log")));
      }
      TimeUnit.MILLISECONDS.sleep(50);
    }
    return Integer.parseInt(Files.readAllLines(file).get(0));
  }

  private URI page(int port) throws IOException, InterruptedException {
    JsonNode targets = JSON.readTree(client
        .send(
            HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + "/json/list"))
                .build(),
            HttpResponse.BodyHandlers.ofString())
        .body());
    for (JsonNode target : targets) {
      if (target.path("type").asText().equals("page")) {
        return URI.create(target.path("webSocketDebuggerUrl").asText());
      }
    }
    throw new IOException("Chromium shows no page: " + targets);
  }

  private JsonNode call(String method, Map<String, ?> parameters) throws Exception {
    int id = lastCall.incrementAndGet();
    var answer = new CompletableFuture<JsonNode>();
    calls.put(id, answer);
    String text = JSON.writeValueAsString(Map.of("id", id, "method", method, "params", parameters));
    socket.sendText(text, /* last= */ true).get(60, TimeUnit.SECONDS);
    JsonNode result = answer.get(60, TimeUnit.SECONDS);
    if (result.has("error")) {
      throw new IOException(method + ": " + result.path("error"));
    }
    return result.path("result");
  }

  void open(URI address) throws Exception {
    call("Page.navigate", Map.of("url", address.toString()));
  }

  /** The value of an expression, promises awaited. */
  JsonNode evaluate(String expression) throws Exception {
    JsonNode result = call(
        "Runtime.evaluate",
        Map.of("expression", expression, "returnByValue", true, "awaitPromise", true));
    if (result.has("exceptionDetails")) {
      throw new IOException(expression + ": " + result.path("exceptionDetails"));
    }
    return result.path("result").path("value");
  }

  /** Waits until an expression is true. */
  void await(String condition) throws Exception {
    long endNanos = System.nanoTime() + START.toNanos();
    while (!evaluate("Boolean(" + condition + ")").booleanValue()) {
      if (System.nanoTime() - endNanos > 0) {
        throw new AssertionError("never true: " + condition + "\n" + text("body") + complaints);
      }
      TimeUnit.MILLISECONDS.sleep(50);
    }
  }

  /** What a reader sees of the first element that fits, empty if there is none. */
  String text(String selector) throws Exception {
    return evaluate(
            "document.querySelector(" + JSON.writeValueAsString(selector) + ")?.innerText ?? ''")
        .asText();
  }

  /** Clicks with the mouse in the middle of the element. */
  void click(String selector) throws Exception {
    JsonNode at = evaluate("(() => { const e = document.querySelector("
        + JSON.writeValueAsString(selector)
        + "); e.scrollIntoView({block: 'center'}); const r = e.getBoundingClientRect();"
        + " return {x: r.x + r.width / 2, y: r.y + r.height / 2}; })()");
    for (String type : List.of("mousePressed", "mouseReleased")) {
      call(
          "Input.dispatchMouseEvent",
          Map.of(
              "type",
              type,
              "x",
              at.path("x").asDouble(),
              "y",
              at.path("y").asDouble(),
              "button",
              "left",
              "clickCount",
              1));
    }
  }

  /** Types into the element that has the focus. */
  void type(String text) throws Exception {
    call("Input.insertText", Map.of("text", text));
  }

  byte[] screenshot() throws Exception {
    return Base64.getDecoder()
        .decode(
            call("Page.captureScreenshot", Map.of("format", "png")).path("data").asText());
  }

  /** Every element that a screen reader would announce without a name, by its role. */
  List<String> unnamed() throws Exception {
    var unnamed = new ArrayList<String>();
    for (JsonNode node : call("Accessibility.getFullAXTree", Map.of()).path("nodes")) {
      String role = node.path("role").path("value").asText();
      if (List.of("button", "textbox", "searchbox", "link", "heading").contains(role)
          && node.path("name").path("value").asText().isBlank()) {
        unnamed.add(role);
      }
    }
    return unnamed;
  }

  /** Errors of scripts, of the network, and of the page's policy. */
  List<String> complaints() {
    return List.copyOf(complaints);
  }

  @Override
  public void close() {
    socket.abort();
    end();
  }

  /** Its helper processes end with it. */
  private void end() {
    process.destroy();
    try {
      if (!process.waitFor(20, TimeUnit.SECONDS)) {
        process.destroyForcibly();
      }
    } catch (InterruptedException e) {
      process.destroyForcibly();
      Thread.currentThread().interrupt();
    }
  }

  private final class Listener implements WebSocket.Listener {
    private final StringBuilder message = new StringBuilder();

    @Override
    public CompletionStage<?> onText(WebSocket from, CharSequence part, boolean last) {
      message.append(part);
      if (last) {
        heard(message.toString());
        message.setLength(0);
      }
      from.request(1);
      return CompletableFuture.completedStage(null);
    }

    private void heard(String text) {
      try {
        JsonNode heard = JSON.readTree(text);
        CompletableFuture<JsonNode> call = calls.remove(heard.path("id").asInt());
        String method = heard.path("method").asText();
        if (call != null) {
          call.complete(heard);
        } else if (method.equals("Runtime.exceptionThrown")
            || heard.at("/params/entry/level").asText().equals("error")) {
          complaints.add(heard.path("params").toString());
        }
      } catch (IOException e) {
        complaints.add("no JSON: " + text);
      }
    }
  }
}
