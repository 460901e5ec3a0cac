package io.holdfast.soak;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.holdfast.jdbc.HoldfastConnection;
import io.holdfast.response.ResponseCache;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.concurrent.Callable;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import javax.cache.Cache;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What judges the runs must be able to find a fault: here there is one, in a cache that is real otherwise. */
final class ControlTest {
  private static final int STEPS = 1_000;
  private static final int MANY_STEPS = 20_000;
  private static final Owner OWNER = new Owner(0, 0);
  private static final View STRICT = new View(0, /* isStrict= */ true);

  @TempDir
  Path directory;

  private final List<String> findings = new ArrayList<>();
  private final Latencies latencies = new Latencies();
  private Board board;
  private Path file;

  @BeforeEach
  void map() throws Exception {
    board = Board.in(directory);
    file = SoakFile.NORMAL.in(directory);
  }

  /** The cache, but every fiftieth call of one method goes wrong. */
  private static <V> Cache<Integer, V> faulty(
      Cache<Integer, V> cache, String method, Function<Callable<Object>, Object> fault) {
    return faulty(cache, method, 50, fault);
  }

  @SuppressWarnings("unchecked")
  private static <V> Cache<Integer, V> faulty(
      Cache<Integer, V> cache, String method, int every, Function<Callable<Object>, Object> fault) {
    AtomicInteger calls = new AtomicInteger();
    return (Cache<Integer, V>) Proxy.newProxyInstance(
        ControlTest.class.getClassLoader(),
        new Class<?>[] {Cache.class},
        (proxy, called, arguments) -> {
          Callable<Object> real = () -> called.invoke(cache, arguments);
          if (called.getName().equals(method) && calls.incrementAndGet() % every == 0) {
            return fault.apply(real);
          }
          try {
            return real.call();
          } catch (InvocationTargetException e) {
            throw e.getCause();
          }
        });
  }

  private static Object called(Callable<Object> real) {
    try {
      return real.call();
    } catch (Exception e) {
      throw new IllegalStateException(e);
    }
  }

  /** Ends when something is found. */
  private void work(Activity activity) throws Exception {
    work(activity, MANY_STEPS);
  }

  private void work(Activity activity, int steps) throws Exception {
    SplittableRandom random = new SplittableRandom(1);
    for (int i = 0; i < steps && findings.isEmpty(); i++) {
      activity.step(random);
    }
  }

  private void work(Activity activity, Duration atMost) throws Exception {
    SplittableRandom random = new SplittableRandom(1);
    long startNanos = System.nanoTime();
    while (findings.isEmpty() && System.nanoTime() - startNanos < atMost.toNanos()) {
      activity.step(random);
    }
  }

  private Station station(Area area, Cache<Integer, String> cache) {
    return new Station(OWNER, cache, board.ledger(area), STRICT, latencies, findings::add);
  }

  private EntryActivity entries(Cache<Integer, String> cache) {
    return new EntryActivity(station(Area.ENTRIES, cache));
  }

  @Test
  void entries_soundCache_nothingIsFound() throws Exception {
    try (SoakCaches caches = new SoakCaches(directory, /* isStrict= */ true)) {
      work(entries(caches.texts(Area.ENTRIES)), STEPS);
      reader(SoakFile.NORMAL).scan();
    }
    assertThat(findings).isEmpty();
  }

  @Test
  void entries_droppedPut_isFound() throws Exception {
    try (SoakCaches caches = new SoakCaches(directory, /* isStrict= */ true)) {
      work(entries(faulty(caches.texts(Area.ENTRIES), "put", put -> null)));
    }
    assertThat(findings).isNotEmpty();
  }

  @Test
  void entries_droppedRemoval_isFound() throws Exception {
    try (SoakCaches caches = new SoakCaches(directory, /* isStrict= */ true)) {
      work(entries(faulty(caches.texts(Area.ENTRIES), "remove", remove -> false)));
    }
    assertThat(findings).isNotEmpty();
  }

  @Test
  void entries_staleGet_isFound() throws Exception {
    Object[] last = {null};
    try (SoakCaches caches = new SoakCaches(directory, /* isStrict= */ true)) {
      Cache<Integer, String> cache = caches.texts(Area.ENTRIES);
      Cache<Integer, String> stale = faulty(cache, "get", get -> last[0]);
      Ledger ledger = board.ledger(Area.ENTRIES);
      JudgedReads reads = new JudgedReads(
          stale, ledger, JudgedReads.Absence.MUST_BE_EXPLAINED, STRICT, latencies, findings::add);
      for (int i = 0; i < 50; i++) {
        long sequence = ledger.startPut(0);
        last[0] = cache.get(0);
        cache.put(0, SoakValue.of(0, sequence));
        ledger.acknowledge(0, sequence);
        reads.get(0);
      }
    }
    assertThat(findings).singleElement().asString().contains("write 98 is there, 100 was");
  }

  @Test
  void entries_rowDeletedBehindTheBack_isFoundByTheForeignReader() throws Exception {
    try (SoakCaches caches = new SoakCaches(directory, /* isStrict= */ true)) {
      work(entries(caches.texts(Area.ENTRIES)), STEPS);
    }
    try (Connection connection = DriverManager.getConnection("jdbc:sqlite:" + file);
        Statement statement = connection.createStatement()) {
      statement.executeUpdate(
          "DELETE FROM entry_1 WHERE row_id = (SELECT min(row_id) FROM entry_1)");
    }
    reader(SoakFile.NORMAL).scan();
    assertThat(findings)
        .hasSize(2)
        .anyMatch(finding -> finding.contains("nothing is there"))
        .anyMatch(finding -> finding.contains("the tally of entries"));
  }

  @Test
  void entries_tornValue_isFound() {
    String value = SoakValue.of(7, 12);
    assertThat(SoakValue.sequenceOf(7, value)).hasValue(12);
    assertThatThrownBy(() -> SoakValue.sequenceOf(7, value.substring(0, value.length() - 1)))
        .isInstanceOf(SoakValue.TornValueException.class);
  }

  @Test
  void counters_incrementMadeTwice_isFound() throws Exception {
    try (SoakCaches caches = new SoakCaches(directory, /* isStrict= */ true)) {
      work(new CounterActivity(
          faulty(caches.counters(), "invoke", invoke -> {
            called(invoke);
            return called(invoke);
          }),
          board.ledger(Area.COUNTERS),
          latencies,
          findings::add));
    }
    assertThat(findings).isNotEmpty();
  }

  @Test
  void counters_lostIncrement_isFound() throws Exception {
    try (SoakCaches caches = new SoakCaches(directory, /* isStrict= */ true)) {
      Cache<Integer, Long> cache = caches.counters();
      work(new CounterActivity(
          faulty(cache, "invoke", invoke -> 1L),
          board.ledger(Area.COUNTERS),
          latencies,
          findings::add));
    }
    assertThat(findings).isNotEmpty();
  }

  @Test
  void cleared_droppedClear_isFound() throws Exception {
    try (SoakCaches caches = new SoakCaches(directory, /* isStrict= */ true)) {
      Cache<Integer, String> cache = caches.texts(Area.CLEARED);
      Cache<Integer, String> never = faulty(cache, "clear", 1, clear -> null);
      work(new ClearedActivity(station(Area.CLEARED, never)));
    }
    assertThat(findings).isNotEmpty().allMatch(finding -> finding.contains("is back"));
  }

  @Test
  void expiring_soundCache_nothingIsFound() throws Exception {
    try (SoakCaches caches = new SoakCaches(directory, /* isStrict= */ true)) {
      work(
          expiring(caches.texts(Area.EXPIRING)),
          Duration.ofMillis(5 * ExpiringActivity.LIFETIME_MILLIS));
    }
    assertThat(findings).isEmpty();
  }

  @Test
  void expiring_cacheThatKeepsForEver_isFound() throws Exception {
    try (SoakCaches caches = new SoakCaches(directory, /* isStrict= */ true)) {
      work(expiring(caches.texts(Area.CLEARED)), Duration.ofSeconds(30));
    }
    assertThat(findings).isNotEmpty().allMatch(finding -> finding.contains("after it had expired"));
  }

  @Test
  void expiring_entryGoneTooEarly_isFound() throws Exception {
    try (SoakCaches caches = new SoakCaches(directory, /* isStrict= */ true)) {
      work(
          expiring(faulty(caches.texts(Area.EXPIRING), "get", get -> null)),
          Duration.ofSeconds(30));
    }
    assertThat(findings).isNotEmpty().allMatch(finding -> finding.contains("before it expired"));
  }

  private Activity expiring(Cache<Integer, String> cache) {
    return new ExpiringActivity(station(Area.EXPIRING, cache));
  }

  @Test
  void relaxed_soundCache_nothingIsFound() throws Exception {
    try (SoakCaches caches = new SoakCaches(directory, /* isStrict= */ true)) {
      work(relaxed(caches.texts(Area.RELAXED)), STEPS);
      reader(SoakFile.RELAXED).scan();
    }
    reader(SoakFile.RELAXED).scanAtRest();
    assertThat(findings).isEmpty();
  }

  @Test
  void relaxed_lostPut_isFoundIfItWasAcknowledgedLongBeforeTheKill() throws Exception {
    try (SoakCaches caches = new SoakCaches(directory, /* isStrict= */ true)) {
      Cache<Integer, String> cache = caches.texts(Area.RELAXED);
      station(Area.RELAXED, faulty(cache, "put", 1, put -> null))
          .put(Operation.PUT_RELAXED, OWNER.firstKey());
      relaxed(cache).begin(System.currentTimeMillis());
      assertThat(findings).isEmpty();

      station(Area.RELAXED, faulty(cache, "put", 1, put -> null))
          .put(Operation.PUT_RELAXED, OWNER.firstKey());
      relaxed(cache).begin(System.currentTimeMillis() + RelaxedActivity.MAX_LOSS_MILLIS + 1);
    }
    assertThat(findings).singleElement().asString().contains("was in the file for long");
  }

  private RelaxedActivity relaxed(Cache<Integer, String> cache) {
    return new RelaxedActivity(station(Area.RELAXED, cache));
  }

  private ForeignReader reader(SoakFile kind) {
    return new ForeignReader(kind, directory, board, findings::add);
  }

  @Test
  void quota_fileAboveItsLimit_isFoundByTheForeignReader() throws Exception {
    try (SoakCaches caches = new SoakCaches(directory, /* isStrict= */ true)) {
      Activity crowding = new PuttingActivity(
          station(Area.CROWDED, caches.texts(Area.CROWDED)),
          Operation.PUT,
          JudgedReads.Absence.MAY_HAPPEN);
      work(crowding, STEPS);
    }
    reader(SoakFile.QUOTA).scan();
    assertThat(findings).isEmpty();
    try (Connection connection =
            DriverManager.getConnection("jdbc:sqlite:" + SoakFile.QUOTA.in(directory));
        Statement statement = connection.createStatement()) {
      statement.executeUpdate(
          "CREATE TABLE heavy AS SELECT zeroblob(" + SoakFile.QUOTA_BYTES + ")");
    }
    reader(SoakFile.QUOTA).scan();
    assertThat(findings).singleElement().asString().contains("are its limit");
  }

  @Test
  void answers_keyThatStaysTheSameAfterDdl_isFound() throws Exception {
    try (Database database = Database.start();
        SoakCaches caches = new SoakCaches(directory, /* isStrict= */ true);
        ResponseCache<String> responses = ResponseCache.over(caches.answers()).build();
        Connection connection =
            DriverManager.getConnection(AnswerActivity.url(database.port()), "sa", "")) {
      AnswerActivity answers = new AnswerActivity(
          OWNER, deaf(connection), responses, board.ledger(Area.TABLES), latencies, findings::add);
      answers.begin();
      work(answers);
    }
    assertThat(findings)
        .isNotEmpty()
        .allMatch(finding -> finding.contains("the answer about table 0"));
  }

  /** The connection, but it gives the first key that it gave for a table for ever. */
  private static Connection deaf(Connection connection) {
    Map<Object, Object> keys = new HashMap<>();
    return (Connection) Proxy.newProxyInstance(
        ControlTest.class.getClassLoader(),
        new Class<?>[] {HoldfastConnection.class},
        (proxy, called, arguments) -> switch (called.getName()) {
          case "unwrap" -> proxy;
          case "schemaKey" -> {
            Object key = called.invoke(connection, arguments);
            yield key.equals(Optional.empty()) ? key : keys.computeIfAbsent(arguments[0], t -> key);
          }
          default -> called.invoke(connection, arguments);
        });
  }
}
