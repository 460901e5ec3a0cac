package io.holdfast.response;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is spent and saved, by kind of answer and model, and the file that keeps it. */
class AccountingTest {

  private static final ResponseKey CHAT =
      ResponseKey.builder("chat").part("q", "why").build();
  private static final ResponseKey SQL =
      ResponseKey.builder("sql").part("q", "why").build();
  private static final Prices PRICES = new Prices(
      "USD",
      Map.of(
          "gpt-x", new Prices.Price(new BigDecimal(2), new BigDecimal("0.2"), new BigDecimal(10))));
  private static final Tokens TOKENS = new Tokens(1000, 500, 100);
  // 500 x 2 + 500 x 0.2 + 100 x 10, in millionths.
  private static final BigDecimal PRICE = new BigDecimal("0.0021");

  private final CacheFixture fixture = new CacheFixture();

  @TempDir
  Path directory;

  @AfterEach
  void close() {
    fixture.close();
  }

  private ResponseCacheBuilder<String> builder() {
    return fixture
        .builder()
        .prices(PRICES)
        .usageOf(value -> new Usage(value.startsWith("free") ? "free-y" : "gpt-x", TOKENS));
  }

  private Path ledger() {
    return directory.resolve("ledger.ndjson");
  }

  private String slowly(String answer) {
    fixture.clock.advance(Duration.ofSeconds(2));
    return answer;
  }

  private static AccountStatistics counts(ResponseCache<?> responses, String model) {
    return responses.statistics().accounts().get(new Account("chat", model));
  }

  @Test
  void statistics_missThenHits_spendOnceAndSaveTheRest() {
    try (var responses = builder().build()) {
      for (int i = 0; i < 3; i++) {
        responses.get(CHAT, () -> slowly("because"));
      }
      AccountStatistics counts = counts(responses, "gpt-x");
      assertThat(counts.calls(Outcome.MISS)).isEqualTo(1);
      assertThat(counts.calls(Outcome.HIT)).isEqualTo(2);
      assertThat(counts.computeMillis()).isEqualTo(2000);
      assertThat(counts.savedMillis()).isEqualTo(4000);
      assertThat(counts.spentTokens()).isEqualTo(TOKENS);
      assertThat(counts.savedTokens()).isEqualTo(TOKENS.plus(TOKENS));
      assertThat(counts.spent()).containsOnlyKeys("USD");
      assertThat(counts.spent().get("USD")).isEqualByComparingTo(PRICE);
      assertThat(counts.saved().get("USD")).isEqualByComparingTo(PRICE.add(PRICE));
      assertThat(counts.withoutCost()).isZero();
    }
  }

  @Test
  void statistics_kindsOfAnswersAndModels_areCountedApart() {
    try (var responses = builder().build()) {
      responses.get(CHAT, () -> "because");
      responses.get(SQL, () -> "select");
      responses.with(CallPolicy.DEFAULT.withNoCache()).get(CHAT, () -> "free of charge");
      ResponseStatistics all = responses.statistics();
      assertThat(all.accounts())
          .containsOnlyKeys(
              new Account("chat", "gpt-x"),
              new Account("chat", "free-y"),
              new Account("sql", "gpt-x"));
      assertThat(all.namespace("chat").answered()).isEqualTo(2);
      assertThat(all.namespace("chat").calls(Outcome.BYPASSED)).isEqualTo(1);
      assertThat(all.namespace("sql").answered()).isEqualTo(1);
      assertThat(counts(responses, "free-y").withoutCost()).isEqualTo(1);
    }
  }

  @Test
  void statistics_costOfTheUsersOwn_goesBeforeThePriceTable() {
    try (var responses = builder().costOf(value -> Cost.of(7, "credits")).build()) {
      responses.get(CHAT, () -> "because");
      assertThat(counts(responses, "gpt-x").spent())
          .isEqualTo(Map.of("credits", BigDecimal.valueOf(7)));
    }
  }

  @Test
  void statistics_failure_countsForItsKindOfAnswer() {
    try (var responses = builder().build()) {
      assertThatExceptionOfType(IllegalStateException.class)
          .isThrownBy(() -> responses.get(CHAT, () -> {
            throw new IllegalStateException("down");
          }));
      assertThat(responses.statistics().namespace("chat").failures()).isEqualTo(1);
      assertThat(responses.statistics().namespace("sql").failures()).isZero();
    }
  }

  @Test
  void statistics_endlesslyManyKinds_areBounded() {
    try (var responses = builder().build()) {
      for (int i = 0; i < Account.MAX_ACCOUNTS + 10; i++) {
        responses.get(ResponseKey.builder("kind" + i).build(), () -> "because");
      }
      Map<Account, AccountStatistics> accounts = responses.statistics().accounts();
      assertThat(accounts).hasSize(Account.MAX_ACCOUNTS + 1);
      assertThat(accounts.get(Account.OTHER).answered()).isEqualTo(10);
    }
  }

  @Test
  void ledger_twoProcessesOfWork_addUp() throws Exception {
    for (int run = 0; run < 2; run++) {
      try (var responses = builder().ledger(ledger()).build()) {
        responses.get(CHAT, () -> "because");
        responses.get(CHAT, () -> "because");
      }
    }
    List<LedgerEntry> entries = Ledger.read(ledger());
    assertThat(entries).hasSize(2);
    AccountStatistics total = entries.get(0).counts().plus(entries.get(1).counts());
    assertThat(total.calls())
        .isEqualTo(Map.of(
            Outcome.MISS, 1L,
            Outcome.HIT, 3L,
            Outcome.SEMANTIC, 0L,
            Outcome.COALESCED, 0L,
            Outcome.BYPASSED, 0L));
    assertThat(total.spentTokens()).isEqualTo(TOKENS);
    assertThat(total.saved().get("USD")).isEqualByComparingTo(PRICE.multiply(new BigDecimal(3)));
    assertThat(entries).allSatisfy(entry -> {
      assertThat(entry.cache()).isEqualTo("test");
      assertThat(entry.account()).isEqualTo(new Account("chat", "gpt-x"));
    });
  }

  @Test
  void ledger_writtenTwice_holdsWhatCameSince() throws Exception {
    var counters = new Counters();
    var writer = new LedgerWriter(
        ledger(), Duration.ofDays(1), "test", counters, fixture.clock, new OnceLog());
    var answer = new Answer<>("because", Outcome.MISS, 0, 5, null, new Usage("gpt-x", TOKENS));
    counters.computed("chat", answer);
    writer.write();
    writer.write();
    fixture.clock.advance(Duration.ofMinutes(5));
    counters.computed("chat", answer);
    counters.failed("chat");
    writer.close();
    List<LedgerEntry> entries = Ledger.read(ledger());
    assertThat(entries).hasSize(3);
    assertThat(entries)
        .extracting(entry -> entry.counts().computed())
        .containsExactlyInAnyOrder(1L, 1L, 0L);
    assertThat(entries.get(1).toMillis() - entries.get(1).fromMillis()).isEqualTo(300_000);
  }

  @Test
  void ledger_tornLine_spoilsNoOther() throws Exception {
    Files.writeString(ledger(), "{\"fromMillis\":1,\"toMil");
    try (var responses = builder().ledger(ledger()).build()) {
      responses.get(CHAT, () -> "because");
    }
    assertThat(Ledger.read(ledger())).hasSize(1);
  }

  @Test
  void ledger_holdsNoKeysAndAnswers_andIsItsOwnersAlone() throws Exception {
    try (var responses = builder().ledger(ledger()).build()) {
      responses.get(
          ResponseKey.builder("chat").tenant("acme").part("q", "why").build(), () -> "because");
    }
    assertThat(Files.readString(ledger())).doesNotContain("acme", "why", "because");
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(ledger())))
        .isEqualTo("rw-------");
  }

  @Test
  void ledger_thatCannotBeWritten_failsNoCallAndNoClose() {
    try (var responses =
        builder().ledger(directory.resolve("no").resolve("such.ndjson")).build()) {
      assertThat(responses.get(CHAT, () -> "because")).isEqualTo("because");
    }
  }

  @Test
  void ledger_interval_writesWhileTheCacheIsOpen() {
    try (var responses = builder().ledger(ledger(), Duration.ofMillis(10)).build()) {
      responses.get(CHAT, () -> "because");
      Await.until("an entry is written", () -> Files.exists(ledger()) && hasEntries());
    }
  }

  private boolean hasEntries() {
    try {
      return !Ledger.read(ledger()).isEmpty();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
