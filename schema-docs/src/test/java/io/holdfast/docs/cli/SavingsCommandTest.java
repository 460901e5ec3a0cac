package io.holdfast.docs.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.holdfast.response.CachedResponse;
import io.holdfast.response.Prices;
import io.holdfast.response.ResponseCache;
import io.holdfast.response.ResponseKey;
import io.holdfast.response.Tokens;
import io.holdfast.response.Usage;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import java.util.TreeSet;
import java.util.concurrent.atomic.AtomicLong;
import javax.cache.CacheManager;
import javax.cache.Caching;
import javax.cache.configuration.MutableConfiguration;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code savings}: what a real response cache has written into its ledger. */
class SavingsCommandTest {

  private static final String PRICES = """
      {"currency": "USD",
       "perMillionTokens": {"gpt-x*": {"input": 2.50, "cachedInput": 0.25, "output": 10}}}
      """;
  private static final Usage USAGE = new Usage("gpt-x-2026", new Tokens(1000, 0, 250));
  // 1000 x 2.50 + 250 x 10, in millionths.
  private static final BigDecimal PRICE = new BigDecimal("0.005");

  @TempDir
  Path directory;

  private Path ledger;
  private Path prices;
  private final AtomicLong nowMillis =
      new AtomicLong(Instant.parse("2026-11-01T00:00:00Z").toEpochMilli());
  private final InstantSource clock = () -> Instant.ofEpochMilli(nowMillis.get());

  @BeforeEach
  void files() throws IOException {
    ledger = directory.resolve("ledger.ndjson");
    prices = Files.writeString(directory.resolve("prices.json"), PRICES);
  }

  /** Asks these questions, one after the other, through a cache in a file. */
  private void ask(String namespace, List<Integer> questions, Duration atAll) throws IOException {
    Path file = Files.createTempFile(directory, "cache", ".db");
    Files.delete(file);
    try (CacheManager manager = Caching.getCachingProvider().getCacheManager(file.toUri(), null);
        var responses = ResponseCache.over(manager.createCache(
                "answers",
                new MutableConfiguration<String, CachedResponse>()
                    .setTypes(String.class, CachedResponse.class)))
            .name("answers")
            .clock(clock)
            .withoutLeases()
            .usageOf(answer -> USAGE)
            .prices(Prices.read(prices))
            .ledger(ledger)
            .build()) {
      for (int question : questions) {
        responses.get(
            ResponseKey.builder(namespace).part("question", question).build(), () -> "because");
      }
      nowMillis.addAndGet(atAll.toMillis());
    }
  }

  private Shell savings(String... more) {
    var arguments = new ArrayList<>(List.of("savings", ledger.toString()));
    arguments.addAll(List.of(more));
    return Shell.run(arguments.toArray(new String[0]));
  }

  /**
   * The example of the documentation: 10,000 users, 30 questions each a month, 1,500 different ones of which
   * some are asked much more often than others. The cache has seen a tenth of the month.
   */
  @Test
  void savings_monthOfTenThousandUsers_isTheExampleOfTheDocumentation() throws IOException {
    var random = new Random(20261101);
    List<Integer> questions = random
        .doubles(30_000)
        .mapToObj(draw -> (int) (1_500 * draw * draw * draw))
        .toList();
    int different = new TreeSet<>(questions).size();
    ask("chat", questions, Duration.ofDays(3));

    Shell shell = savings("--users", "10000", "--calls-per-user", "30");
    assertThat(shell.exitCode()).as(shell.err()).isZero();
    String page = Files.readString(Path.of("..", "docs", "responses.md"));
    String example = page.substring(page.indexOf("    From 2026-11-01"));
    example
        .lines()
        .takeWhile(line -> line.isEmpty() || line.startsWith("    "))
        .forEach(line -> assertThat(shell.out().lines().map(String::strip)).contains(line.strip()));

    // The same by hand: each different question was paid for once.
    BigDecimal without = PRICE.multiply(BigDecimal.valueOf(300_000));
    BigDecimal with = PRICE.multiply(BigDecimal.valueOf(10L * different));
    assertThat(shell.out())
        .contains(String.format(Locale.ROOT, "without the cache  %,.2f%n", without))
        .contains(String.format(Locale.ROOT, " %,.2f%n", with));
    assertThat(with).isLessThanOrEqualTo(without.multiply(new BigDecimal("0.05")));
  }

  @Test
  void savings_json_hasExactAmounts() throws IOException {
    ask("chat", List.of(1, 1, 1, 2), Duration.ofHours(1));
    Shell shell = savings("--json", "--users", "10", "--calls-per-user", "2");
    JsonNode facts = new ObjectMapper().readTree(shell.out());
    assertThat(facts.at("/total/miss").asInt()).isEqualTo(2);
    assertThat(facts.at("/total/hit").asInt()).isEqualTo(2);
    assertThat(facts.at("/total/spentTokens/input").asInt()).isEqualTo(2000);
    assertThat(facts.at("/total/savedTokens/output").asInt()).isEqualTo(500);
    assertThat(new BigDecimal(facts.at("/total/spent/USD").textValue()))
        .isEqualByComparingTo("0.01");
    assertThat(new BigDecimal(facts.at("/month/without/USD").textValue()))
        .isEqualByComparingTo("0.1");
    assertThat(new BigDecimal(facts.at("/month/with/USD").textValue()))
        .isEqualByComparingTo("0.05");
  }

  @Test
  void savings_namespaceAndDays_choose() throws IOException {
    ask("chat", List.of(1), Duration.ofDays(1));
    ask("sql", List.of(1, 2), Duration.ofDays(1));
    JsonNode sql =
        new ObjectMapper().readTree(savings("--json", "--namespace", "sql").out());
    assertThat(sql.at("/total/miss").asInt()).isEqualTo(2);
    assertThat(sql.at("/accounts")).hasSize(1);
    JsonNode first =
        new ObjectMapper().readTree(savings("--json", "--until", "2026-11-03").out());
    assertThat(first.at("/total/miss").asInt()).isEqualTo(1);
    JsonNode second =
        new ObjectMapper().readTree(savings("--json", "--since", "2026-11-02").out());
    assertThat(second.at("/total/miss").asInt()).isEqualTo(2);
  }

  @Test
  void savings_otherPrices_countInsteadOfThoseOfTheDay() throws IOException {
    ask("chat", List.of(1, 1), Duration.ofHours(1));
    Path dearer = Files.writeString(
        directory.resolve("dearer.json"),
        "{\"currency\":\"EUR\",\"perMillionTokens\":{\"gpt-x-2026\":{\"input\":1000,\"output\":0}}}");
    assertThat(savings("--prices", dearer.toString()).out())
        .contains("The bill was 1.00 EUR instead of 2.00 EUR: 50.0 % of it.");
    Path others = Files.writeString(
        directory.resolve("others.json"), "{\"currency\":\"EUR\",\"perMillionTokens\":{}}");
    assertThat(savings("--prices", others.toString()).out())
        .contains("Of 1 calls to a model nobody knows the cost")
        .doesNotContain("The bill was");
  }

  @Test
  void savings_mistakes_areOneSentence() throws IOException {
    assertThat(Shell.run("savings", directory.resolve("none").toString()).err())
        .startsWith("holdfast: Cannot read a ledger ");
    ask("chat", List.of(1), Duration.ofHours(1));
    assertThat(savings("--namespace", "none").err()).startsWith("holdfast: Nothing of that is in ");
    assertThat(savings("--users", "0", "--calls-per-user", "1").err()).contains("at least 1");
    assertThat(savings("--users", "1").exitCode()).isEqualTo(2);
    assertThat(savings("--since", "yesterday").err()).contains("a day such as 2026-11-01");
    Path broken = Files.writeString(directory.resolve("broken.json"), "[");
    assertThat(savings("--prices", broken.toString()).err()).contains("broken.json");
  }
}
