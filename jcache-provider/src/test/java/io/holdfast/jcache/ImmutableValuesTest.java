package io.holdfast.jcache;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.Serializable;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.net.URI;
import java.nio.file.Path;
import java.time.DayOfWeek;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.OffsetDateTime;
import java.time.Period;
import java.time.Year;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.util.ArrayList;
import java.util.Currency;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.UUID;
import javax.cache.Cache;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A value that cannot change is never copied on a heap hit: everybody gets the same instance. */
final class ImmutableValuesTest {
  @TempDir
  Path directory;

  record Amount(BigDecimal value, Currency currency) implements Serializable {}

  record Line(UUID id, Amount amount, DayOfWeek day, int count) implements Serializable {}

  sealed interface Shape extends Serializable permits Circle, Square {}

  record Circle(double radius) implements Shape {}

  record Square(double side) implements Shape {}

  /** Immutable, which only its author can know. */
  static final class Label implements Serializable {
    private static final long serialVersionUID = 1L;

    private final ArrayList<String> words;

    Label(String... words) {
      this.words = new ArrayList<>(List.of(words));
    }

    @Override
    public boolean equals(Object other) {
      return other instanceof Label label && words.equals(label.words);
    }

    @Override
    public int hashCode() {
      return words.hashCode();
    }
  }

  private static Line line() {
    return new Line(
        new UUID(1, 2),
        new Amount(new BigDecimal("1.50"), Currency.getInstance("EUR")),
        DayOfWeek.MONDAY,
        3);
  }

  private static List<Object> immutables() {
    return List.of(
        new String(new char[] {'n', 'o', 't', ' ', 'i', 'n', 't', 'e', 'r', 'n', 'e', 'd'}),
        123_456,
        123_456_789_012L,
        (short) 1_234,
        (byte) 12,
        1.5f,
        2.5d,
        'x',
        true,
        new UUID(1, 2),
        new BigInteger("12345678901234567890"),
        new BigDecimal("1.50"),
        URI.create("https://example.com/a"),
        Instant.EPOCH,
        LocalDate.of(2026, 11, 21),
        LocalTime.of(1, 2),
        LocalDateTime.of(2026, 11, 21, 1, 2),
        OffsetDateTime.of(2026, 11, 21, 1, 2, 3, 0, ZoneOffset.UTC),
        ZonedDateTime.of(2026, 11, 21, 1, 2, 3, 0, ZoneId.of("Europe/Berlin")),
        Duration.ofSeconds(5),
        Period.ofDays(5),
        Year.of(2026),
        ZoneOffset.ofHours(2),
        DayOfWeek.FRIDAY,
        Currency.getInstance("USD"),
        Locale.forLanguageTag("de-CH"),
        line(),
        new Circle(1.5));
  }

  @Test
  void get_declaredWithAnImmutableType_isTheSameInstanceOnEachHeapHit() {
    try (var fixture = new ManagerFixture(directory)) {
      for (Object value : immutables()) {
        requireShared(cacheOf(fixture, value.getClass()), value);
      }
    }
  }

  // The value is an instance of the class.
  @SuppressWarnings("unchecked")
  private static Cache<String, Object> cacheOf(ManagerFixture fixture, Class<?> type) {
    return fixture.cache(type.getName(), String.class, (Class<Object>) type);
  }

  /** A cache declared with Object, the usual case of frameworks. */
  @Test
  void get_declaredWithObject_isTheSameInstanceOnEachHeapHit() {
    var configuration = HoldfastConfiguration.builder(String.class, Object.class)
        .allowClasses("io.holdfast.jcache.*")
        .build();
    try (var fixture = new ManagerFixture(directory)) {
      Cache<String, Object> cache = fixture.manager().createCache("values", configuration);
      for (Object value : immutables()) {
        requireShared(cache, value);
      }
    }
  }

  private static void requireShared(Cache<String, Object> cache, Object value) {
    String what = value.getClass().getName();
    cache.put("a", value);
    Object first = cache.get("a"); // from the file into the heap
    assertThat(first).as(what).isEqualTo(value);
    assertThat(cache.get("a")).as(what).isSameAs(first);
    assertThat(cache.getAll(Set.of("a")).get("a")).as(what).isSameAs(first);
    assertThat(cache.iterator().next().getValue()).as(what).isSameAs(first);
    Object processed = cache.invoke("a", (entry, arguments) -> entry.getValue());
    assertThat(processed).as(what).isSameAs(first);
  }

  @Test
  void get_sealedInterfaceOfImmutables_isTheSameInstanceOnEachHeapHit() {
    try (var fixture = new ManagerFixture(directory)) {
      Cache<String, Shape> cache = fixture.cache("shapes", String.class, Shape.class);
      cache.put("a", new Square(2));
      assertThat(cache.get("a")).isEqualTo(new Square(2)).isSameAs(cache.get("a"));
    }
  }

  @Test
  void get_classThatTheUserDeclaresImmutable_isTheSameInstanceOnEachHeapHit() {
    try (var fixture = new ManagerFixture(directory)) {
      Cache<String, Label> declared = fixture
          .manager()
          .createCache(
              "declared",
              HoldfastConfiguration.builder(String.class, Label.class)
                  .immutable(Label.class)
                  .build());
      declared.put("a", new Label("x"));
      assertThat(declared.get("a")).isEqualTo(new Label("x")).isSameAs(declared.get("a"));

      Cache<String, Label> undeclared = fixture.cache("undeclared", String.class, Label.class);
      undeclared.put("a", new Label("x"));
      assertThat(undeclared.get("a")).isEqualTo(new Label("x")).isNotSameAs(undeclared.get("a"));
    }
  }

  /** In the heap alone nothing is ever decoded: the caller's own instance comes back. */
  @Test
  void get_heapOnly_isTheInstanceThatWasPut() {
    try (var fixture = ManagerFixture.onHeap(directory)) {
      for (Object value : immutables()) {
        Cache<String, Object> cache = cacheOf(fixture, value.getClass());
        cache.put("a", value);
        assertThat(cache.get("a")).as(value.getClass().getName()).isSameAs(value);
      }
    }
  }
}
