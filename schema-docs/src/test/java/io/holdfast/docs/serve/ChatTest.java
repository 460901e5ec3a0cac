package io.holdfast.docs.serve;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.holdfast.docs.run.Books;
import io.holdfast.response.Prices;
import io.holdfast.semantic.minilm.MiniLmEmbedder;
import io.holdfast.semantic.pairs.LabelledPair;
import io.holdfast.semantic.stage.SemanticAnswers;
import java.io.BufferedReader;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Questions to a model on the loopback, through the service. */
class ChatTest {

  private static final String ABOUT_ALL = "{\"question\": \"Whose are orders?\"}";
  private static final String ABOUT_ORDERS =
      "{\"question\": \"Whose are they?\", \"table\": \"default.PUBLIC.ORDERS\"}";

  @TempDir
  Path directory;

  private Path database = Path.of("");
  private FakeModel model;

  @BeforeEach
  void start() throws Exception {
    database = Serving.execute(
        directory.resolve("shop"),
        "CREATE TABLE customers (id int PRIMARY KEY, name varchar(40))",
        "CREATE TABLE orders (id int PRIMARY KEY, customer int REFERENCES customers)",
        "INSERT INTO customers VALUES (1, 'Ada Lovelace')");
    model = new FakeModel();
  }

  @AfterEach
  void stop() {
    model.close();
  }

  private Serving serve() throws Exception {
    return Serving.of(directory, database, model.model());
  }

  @Test
  void question_isAnsweredInLines_andReplayedInTheSamePieces() throws Exception {
    try (Serving serving = serve()) {
      HttpResponse<String> first = serving.send(serving.question(ABOUT_ALL));
      assertThat(first.headers().firstValue("Content-Type")).contains("application/x-ndjson");
      List<JsonNode> lines = Serving.lines(first);
      assertThat(lines.get(0).path("status").asText()).isEqualTo("asking");
      assertThat(pieces(lines)).containsExactly("Orders ", "belong to ", "customers.");
      assertThat(lines.get(lines.size() - 1).path("type").asText()).isEqualTo("done");
      assertThat(lines.get(lines.size() - 1).path("cached").asBoolean()).isFalse();

      List<JsonNode> again = Serving.lines(serving.send(serving.question(ABOUT_ALL)));
      assertThat(pieces(again)).containsExactly("Orders ", "belong to ", "customers.");
      assertThat(again.get(again.size() - 1).path("outcome").asText()).isEqualTo("hit");
      assertThat(again.get(again.size() - 1).path("cached").asBoolean()).isTrue();
      assertThat(model.prompts).hasSize(1);
      JsonNode statistics = Serving.json(serving.get("/api/cache/stats"));
      assertThat(statistics.at("/chat/tokensSpent").asInt()).isEqualTo(42);
      assertThat(statistics.at("/chat/tokensSaved").asInt()).isEqualTo(42);
    }
  }

  @Test
  void questionInOtherWords_provenToBeSafe_isAnsweredFromTheCache() throws Exception {
    try (MiniLmEmbedder embedder = MiniLmEmbedder.load()) {
      SemanticAnswers stage =
          SemanticAnswers.verified(embedder).maxFalseHitRate(0.5).build();
      assertThat(
              stage.learn(ChatModel.CACHE, ChatModel.NAMESPACE, judgedPairs()).isOpen())
          .isTrue();
      model.otherWords = stage;
      try (Serving serving = serve()) {
        ask(serving, "How many customers placed an order in 2023?");
        awaitOtherWords(serving);
        JsonNode end = ask(serving, "What is the number of customers who ordered in 2023?");
        assertThat(end.path("outcome").asText()).isEqualTo("semantic");
        assertThat(end.path("cached").asBoolean()).isTrue();
        assertThat(ask(serving, "What is the number of customers who ordered in 2024?")
                .path("outcome")
                .asText())
            .isEqualTo("miss");
        Serving.execute(database, "ALTER TABLE orders ADD placed date");
        assertThat(ask(serving, "What was the number of customers who ordered in 2023?")
                .path("outcome")
                .asText())
            .as("about another structure")
            .isEqualTo("miss");
      }
    }
  }

  private static JsonNode ask(Serving serving, String question) throws Exception {
    List<JsonNode> lines =
        Serving.lines(serving.send(serving.question("{\"question\": \"" + question + "\"}")));
    return lines.get(lines.size() - 1);
  }

  /** The first question begins to fill the index, in the background. */
  private static void awaitOtherWords(Serving serving) throws Exception {
    long endNanos = System.nanoTime() + SECONDS.toNanos(60);
    // Not asked as it was before, else its own answer would be found.
    for (int asked = 0; ; asked++) {
      String known =
          "What number of customers placed an order in 2023" + "?".repeat(asked % 50 + 1);
      if (ask(serving, known).path("outcome").asText().equals("semantic")) {
        return;
      }
      assertThat(System.nanoTime()).isLessThan(endNanos);
    }
  }

  private static List<LabelledPair> judgedPairs() {
    var pairs = new ArrayList<LabelledPair>();
    for (int year = 2001; year < 2009; year++) {
      pairs.add(new LabelledPair(
          "How many customers placed an order in " + year + "?",
          "What is the number of customers who ordered in " + year + "?",
          /* shouldMatch= */ true,
          "",
          ""));
    }
    pairs.add(new LabelledPair(
        "Show the names of all customers.", "List every customer's name.", true, "", ""));
    return pairs;
  }

  @Test
  void explanationByTheModel_isInTheAccounts() throws Exception {
    Path prices = Files.writeString(
        directory.resolve("prices.json"),
        "{\"currency\": \"USD\", \"perMillionTokens\":"
            + " {\"small\": {\"input\": 1000, \"cachedInput\": 100, \"output\": 4000}}}");
    Path ledger = directory.resolve("ledger.ndjson");
    try (Serving serving = Serving.explaining(
        directory, database, model.model(new Books(Prices.read(prices), ledger)))) {
      String explanation = "/api/tables/default.PUBLIC.ORDERS/explanation";
      assertThat(serving.get(explanation).body()).contains("Orders belong to customers.");
      serving.get(explanation);
      serving.get(explanation);
      assertThat(model.prompts).hasSize(1);
      JsonNode statistics = Serving.json(serving.get("/api/cache/stats"));
      assertThat(statistics.at("/explanations/tokensSpent").asInt()).isEqualTo(350);
      assertThat(statistics.at("/explanations/tokensSaved").asInt()).isEqualTo(700);
      // 200 at 0.001, 100 at 0.0001, 50 at 0.004.
      assertThat(statistics.at("/explanations/spent/USD").asText()).startsWith("0.41");
      assertThat(statistics.at("/explanations/saved/USD").asText()).startsWith("0.82");
      assertThat(statistics.at("/chat/tokensSpent").asInt()).isZero();
    }
    assertThat(ledger).content().contains("\"small\"");
  }

  @Test
  void prompt_holdsTheStructureAndNothingFromTheRows() throws Exception {
    try (Serving serving = serve()) {
      serving.send(serving.question(ABOUT_ALL));
      assertThat(model.prompts.get(0))
          .contains("PUBLIC.ORDERS(ID INTEGER, CUSTOMER INTEGER)")
          .contains("Whose are orders?")
          .doesNotContain("Ada");
    }
  }

  @Test
  void question_afterTheTableChanged_isAskedAnew() throws Exception {
    try (Serving serving = serve()) {
      serving.send(serving.question(ABOUT_ORDERS));
      Serving.execute(database, "ALTER TABLE customers ADD COLUMN mail varchar(9)");
      serving.send(serving.question(ABOUT_ORDERS));
      assertThat(model.prompts).as("another table is none of its business").hasSize(1);
      Serving.execute(database, "ALTER TABLE orders ADD COLUMN note varchar(9)");
      serving.send(serving.question(ABOUT_ORDERS));
      assertThat(model.prompts).hasSize(2);
      assertThat(model.prompts.get(1)).contains("NOTE");
    }
  }

  @Test
  void twoConnectionsToOneDatabase_askTheSame_andNeverShareTheAnswer() throws Exception {
    try (Serving serving = Serving.of(
        directory,
        Map.of("acme", database, "bravo", database),
        Serving.settings(16),
        model.model())) {
      for (String name : List.of("acme", "bravo", "acme")) {
        serving.send(
            serving.question("{\"question\": \"Why?\", \"connection\": \"" + name + "\"}"));
      }
      assertThat(model.prompts).hasSize(2);
      assertThat(serving.send(serving.question(ABOUT_ALL)).statusCode()).isEqualTo(400);
    }
  }

  @Test
  void withoutAModel_theServiceSaysSo_andExplanationsAreThere() throws Exception {
    try (Serving serving = Serving.of(directory, database, /* model= */ null)) {
      HttpResponse<String> refused = serving.send(serving.question(ABOUT_ALL));
      assertThat(refused.statusCode()).isEqualTo(503);
      assertThat(refused.body()).contains("--llm-url");
      assertThat(serving.get("/api/tables/default.PUBLIC.ORDERS/explanation").statusCode())
          .isEqualTo(200);
    }
  }

  @Test
  void modelRefuses_isALineThatSaysSo_withoutTheKey_andNothingIsStored() throws Exception {
    model.status = 429;
    try (Serving serving = serve()) {
      HttpResponse<String> failed = serving.send(serving.question(ABOUT_ALL));
      List<JsonNode> lines = Serving.lines(failed);
      assertThat(lines.get(lines.size() - 1).path("type").asText()).isEqualTo("error");
      assertThat(failed.body()).contains("429").doesNotContain("sk-secret");
      model.status = 200;
      assertThat(serving.send(serving.question(ABOUT_ALL)).body()).contains("\"done\"");
    }
  }

  @Test
  void streamThatBreaksOff_orIsCutOff_isNotStored() throws Exception {
    try (Serving serving = serve()) {
      model.finishReason = "";
      assertThat(serving.send(serving.question(ABOUT_ALL)).body()).contains("broke its answer off");
      model.finishReason = "length";
      assertThat(serving.send(serving.question(ABOUT_ALL)).body()).contains("\"done\"");
      model.finishReason = "stop";
      serving.send(serving.question(ABOUT_ALL));
      assertThat(model.prompts).hasSize(3);
    }
  }

  @Test
  void modelThatTakesTooLong_isGivenUp() throws Exception {
    model.gate = new CountDownLatch(1);
    try (Serving serving = Serving.of(directory, database, model.model(Duration.ofSeconds(1)))) {
      assertThat(serving.send(serving.question(ABOUT_ALL)).body())
          .contains("longer than 1 seconds");
      assertThat(model.hungUp.await(60, SECONDS)).isTrue();
    }
  }

  /** The words come while the model still speaks, and the call ends when the only caller leaves. */
  @Test
  void callerLeaves_theModelIsNotAskedAnyFurther() throws Exception {
    model.gate = new CountDownLatch(1);
    try (Serving serving = serve()) {
      HttpResponse<InputStream> response = serving
          .client()
          .send(serving.question(ABOUT_ALL).build(), HttpResponse.BodyHandlers.ofInputStream());
      try (var lines =
          new BufferedReader(new InputStreamReader(response.body(), StandardCharsets.UTF_8))) {
        assertThat(lines.readLine()).contains("asking");
        assertThat(lines.readLine()).contains("Orders ");
      }
      assertThat(model.hungUp.await(60, SECONDS)).isTrue();
    }
  }

  @Test
  void moreRequestsThanAllowed_areToldToComeBack() throws Exception {
    var gate = new CountDownLatch(1);
    model.gate = gate;
    try (Serving serving = Serving.of(
        directory, Map.of(Tenant.UNNAMED, database), Serving.settings(1), model.model())) {
      HttpResponse<InputStream> busy = serving
          .client()
          .send(serving.question(ABOUT_ALL).build(), HttpResponse.BodyHandlers.ofInputStream());
      HttpResponse<String> refused = serving.get("/api/tables");
      assertThat(refused.statusCode()).isEqualTo(503);
      assertThat(refused.headers().firstValue("Retry-After")).isPresent();
      assertThat(serving.get("/health").statusCode()).isEqualTo(200);
      gate.countDown();
      try (InputStream rest = busy.body()) {
        assertThat(new String(rest.readAllBytes(), StandardCharsets.UTF_8)).contains("\"done\"");
      }
    }
  }

  @Test
  void bodyThatIsTooLong_isRefused_announcedOrNot() throws Exception {
    try (Serving serving = serve()) {
      String body = "{\"question\": \"" + "x".repeat(2_000) + "\"}";
      assertThat(serving.send(serving.question(body)).statusCode()).isEqualTo(413);
      HttpRequest.Builder unannounced = serving
          .question("")
          .POST(
              HttpRequest.BodyPublishers.fromPublisher(HttpRequest.BodyPublishers.ofString(body)));
      assertThat(serving.send(unannounced).statusCode()).isEqualTo(413);
      assertThat(model.prompts).isEmpty();
    }
  }

  @Test
  void bodyThatIsNoQuestion_isRefused() throws Exception {
    try (Serving serving = serve()) {
      for (String body : List.of("", "{", "[]", "{}", "{\"question\": \" \"}", "{} {}")) {
        HttpResponse<String> refused = serving.send(serving.question(body));
        assertThat(refused.statusCode()).as(body).isEqualTo(400);
      }
      HttpRequest.Builder form = serving
          .request("/api/chat/stream")
          .header("Content-Type", "text/plain")
          .POST(HttpRequest.BodyPublishers.ofString(ABOUT_ALL));
      assertThat(serving.send(form).statusCode()).isEqualTo(415);
      assertThat(model.prompts).isEmpty();
    }
  }

  private static List<String> pieces(List<JsonNode> lines) {
    return lines.stream()
        .filter(line -> line.path("type").asText().equals("content"))
        .map(line -> line.path("content").asText())
        .toList();
  }
}
