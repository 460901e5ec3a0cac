package io.holdfast.docs.serve;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the service answers about one H2 database. */
class DocumentationServiceTest {

  private static final String ORDERS = "/api/tables/default.PUBLIC.ORDERS/explanation";

  @TempDir
  Path directory;

  private Path database = Path.of("");
  private Serving serving;

  @BeforeEach
  void start() throws Exception {
    database = Serving.execute(
        directory.resolve("shop"),
        "CREATE TABLE customers (id int PRIMARY KEY, name varchar(40))",
        "CREATE TABLE orders (id int PRIMARY KEY, customer int REFERENCES customers)",
        "CREATE TABLE \"odd/name? <b>\" (id int)",
        "INSERT INTO customers VALUES (1, 'Ada <script>alert(1)</script>')");
    serving = Serving.of(directory, database, /* model= */ null);
  }

  @AfterEach
  void stop() {
    serving.close();
  }

  @Test
  void tables_tellWhatIsInTheCache() throws Exception {
    JsonNode before = Serving.json(serving.get("/api/tables"));
    JsonNode orders = table(before, "ORDERS");
    assertThat(before.at("/connections/0/engine").asText()).isEqualTo("h2");
    assertThat(orders.path("cached").asBoolean()).isFalse();
    assertThat(orders.path("explanation").asText()).isEqualTo(ORDERS);
    serving.get(ORDERS);
    JsonNode after = Serving.json(serving.get("/api/tables"));
    assertThat(table(after, "ORDERS").path("cached").asBoolean()).isTrue();
    assertThat(table(after, "CUSTOMERS").path("cached").asBoolean()).isFalse();
  }

  @Test
  void explanation_secondTime_comesFromTheCacheByteByByte() throws Exception {
    HttpResponse<String> made = serving.get(ORDERS);
    HttpResponse<String> served = serving.get(ORDERS);
    assertThat(made.statusCode()).isEqualTo(200);
    assertThat(made.headers().firstValue("Cache-Status")).contains("holdfast; fwd=miss; stored");
    assertThat(served.headers().firstValue("Cache-Status")).contains("holdfast; hit");
    assertThat(served.headers().firstValue("Cache-Control")).contains("private, no-cache");
    assertThat(served.body()).isEqualTo(made.body());
    assertThat(served.headers().firstValue("ETag")).isEqualTo(made.headers().firstValue("ETag"));
    JsonNode explanation = Serving.json(made);
    assertThat(explanation.path("markdown").asText()).contains("## Columns");
    assertThat(explanation.path("html").asText()).contains("<th>Column</th>");
    assertThat(explanation.at("/references/0/id").asText()).isEqualTo("default.PUBLIC.CUSTOMERS");
  }

  @Test
  void explanation_entityTagIsTheStructureHash_unchangedIs304_alteredIsNew() throws Exception {
    HttpResponse<String> first = serving.get(ORDERS);
    String tag = first.headers().firstValue("ETag").orElseThrow();
    assertThat(tag).startsWith("\"" + Serving.json(first).path("structureHash").asText() + "-");
    HttpResponse<String> same = serving.send(serving.request(ORDERS).header("If-None-Match", tag));
    assertThat(same.statusCode()).isEqualTo(304);
    assertThat(same.body()).isEmpty();
    assertThat(same.headers().firstValue("ETag")).contains(tag);

    Serving.execute(database, "ALTER TABLE orders ADD COLUMN note varchar(9)");
    HttpResponse<String> altered =
        serving.send(serving.request(ORDERS).header("If-None-Match", "W/\"x\", " + tag));
    assertThat(altered.statusCode()).isEqualTo(200);
    assertThat(altered.headers().firstValue("ETag").orElseThrow()).isNotEqualTo(tag);
    assertThat(altered.headers().firstValue("Cache-Status")).contains("holdfast; fwd=miss; stored");
    assertThat(altered.body()).contains("NOTE");
    assertThat(serving.get("/api/drifts").body())
        .contains("PUBLIC.ORDERS")
        .contains("NOTE")
        .contains("other session");
  }

  /** A reference from elsewhere changes the text and not the structure: a strong tag must differ. */
  @Test
  void explanation_newReferenceFromAnotherTable_isAnotherEntityTagFromTheCache() throws Exception {
    String customers = "/api/tables/default.PUBLIC.CUSTOMERS/explanation";
    String tag = serving.get(customers).headers().firstValue("ETag").orElseThrow();
    Serving.execute(database, "CREATE TABLE pets (id int, owner int REFERENCES customers)");
    HttpResponse<String> after = serving.get(customers);
    assertThat(after.headers().firstValue("Cache-Status")).contains("holdfast; hit");
    assertThat(after.headers().firstValue("ETag").orElseThrow()).isNotEqualTo(tag);
    assertThat(after.body()).contains("default.PUBLIC.PETS");
  }

  @Test
  void explanation_textFromTheDatabase_isNoMarkup() throws Exception {
    String customers = Serving.json(serving.get("/api/tables/default.PUBLIC.CUSTOMERS/explanation"))
        .path("html")
        .asText();
    assertThat(customers).contains("&lt;script&gt;").doesNotContain("<script>");
    JsonNode tables = Serving.json(serving.get("/api/tables"));
    HttpResponse<String> odd =
        serving.get(table(tables, "odd/name? <b>").path("explanation").asText());
    assertThat(odd.statusCode()).as(odd.body()).isEqualTo(200);
    assertThat(Serving.json(odd).path("html").asText()).doesNotContain("<b>");
  }

  @Test
  void explanation_droppedTable_is404() throws Exception {
    assertThat(serving.get(ORDERS).statusCode()).isEqualTo(200);
    Serving.execute(database, "DROP TABLE orders");
    assertThat(serving.get(ORDERS).statusCode()).isEqualTo(404);
  }

  @Test
  void health_isUp() throws Exception {
    HttpResponse<String> health = serving.get("/health");
    assertThat(health.statusCode()).isEqualTo(200);
    assertThat(health.body()).contains("\"default\":\"up\"");
  }

  @Test
  void statistics_countAnswersAndTime() throws Exception {
    serving.get(ORDERS);
    serving.get(ORDERS);
    JsonNode statistics = Serving.json(serving.get("/api/cache/stats"));
    assertThat(statistics.at("/explanations/hits").asInt()).isEqualTo(1);
    assertThat(statistics.at("/explanations/misses").asInt()).isEqualTo(1);
    assertThat(statistics.at("/chat/hits").asInt()).isZero();
  }

  @Test
  void head_hasTheHeadersAndNoBody() throws Exception {
    HttpResponse<String> head =
        serving.send(serving.request(ORDERS).method("HEAD", HttpRequest.BodyPublishers.noBody()));
    assertThat(head.statusCode()).isEqualTo(200);
    assertThat(head.headers().firstValue("ETag")).isPresent();
    assertThat(head.body()).isEmpty();
  }

  @Test
  void emptying_needsTheToken_andThenEverythingIsMadeAnew() throws Exception {
    serving.get(ORDERS);
    assertThat(delete("Bearer wrong-wrong-wrong-wrong").statusCode()).isEqualTo(401);
    assertThat(delete("Basic " + Serving.TOKEN).statusCode()).isEqualTo(401);
    assertThat(serving.get(ORDERS).headers().firstValue("Cache-Status")).contains("holdfast; hit");
    assertThat(delete("Bearer " + Serving.TOKEN).statusCode()).isEqualTo(204);
    assertThat(serving.get(ORDERS).headers().firstValue("Cache-Status"))
        .contains("holdfast; fwd=miss; stored");
  }

  private HttpResponse<String> delete(String authorization) throws Exception {
    return serving.send(
        serving.request("/api/cache").DELETE().header("Authorization", authorization));
  }

  private static JsonNode table(JsonNode tables, String name) {
    for (JsonNode table : tables.at("/connections/0/tables")) {
      if (table.path("name").asText().equals(name)) {
        return table;
      }
    }
    throw new AssertionError("no table " + name + " in " + tables);
  }
}
