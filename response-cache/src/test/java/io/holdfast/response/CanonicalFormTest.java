package io.holdfast.response;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.Collections;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.Set;
import java.util.StringJoiner;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/**
 * No two different values share a canonical form: a reader gets every value back from its text, and of
 * all small values no two that differ have the same one.
 */
class CanonicalFormTest {

  private static final long SEED = 20261121;

  private static String textOf(@Nullable Object value) {
    return new CanonicalForm().add(value).text();
  }

  @Test
  void add_anyValue_canBeReadBackFromItsText() {
    var random = new Random(SEED);
    for (int round = 0; round < 20_000; round++) {
      Object value = randomValue(random, 4);
      assertThat(new Reader(textOf(value)).all())
          .as("seed %s, round %s: %s", SEED, round, value)
          .containsExactly(Meaning.of(value));
    }
  }

  /** Small values of few characters, where two texts would run into each other first. */
  @Test
  void add_allSmallValues_haveOneTextPerMeaning() {
    List<@Nullable Object> simple = Arrays.asList(
        null, "", "1", "s", ":", "n0:", "s1:1", 1, -1, 1.0, 1.5, true, '1', new byte[] {1});
    var values = new ArrayList<@Nullable Object>(simple);
    values.addAll(containersOf(simple));
    values.addAll(containersOf(List.copyOf(containersOf(simple))));
    for (Object first : simple) {
      for (Object second : simple) {
        values.add(Arrays.asList(first, second));
        values.add(Arrays.asList(Collections.singletonList(first), second));
        values.add(Arrays.asList(first, Collections.singletonList(second)));
      }
    }
    var meaningOf = new HashMap<String, Meaning>();
    var meanings = new LinkedHashSet<Meaning>();
    for (Object value : values) {
      Meaning meaning = Meaning.of(value);
      Meaning other = meaningOf.put(textOf(value), meaning);
      assertThat(other == null || other.equals(meaning))
          .as("%s and %s", other, meaning)
          .isTrue();
      meanings.add(meaning);
    }
    assertThat(meaningOf).hasSameSizeAs(meanings);
    assertThat(meanings).hasSizeGreaterThan(700);
  }

  private static List<Object> containersOf(Collection<? extends @Nullable Object> values) {
    var containers = new ArrayList<Object>();
    for (Object value : values) {
      containers.add(Collections.singletonList(value));
      containers.add(Collections.singleton(value));
      containers.add(Collections.singletonMap("1", value));
      if (value instanceof String text) {
        containers.add(Collections.singletonMap(text, 1));
      }
    }
    return containers;
  }

  @Test
  void add_equalValuesBuiltInAnotherOrder_haveTheSameText() {
    var random = new Random(SEED);
    for (int round = 0; round < 2_000; round++) {
      Object value = randomValue(random, 4);
      assertThat(textOf(reordered(value, random))).isEqualTo(textOf(value));
    }
  }

  @Test
  void add_listInsideItself_isRefusedInsteadOfOverflowingTheStack() {
    var circle = new ArrayList<Object>();
    circle.add(circle);
    assertThatExceptionOfType(CanonicalForm.UnsupportedKeyPartException.class)
        .isThrownBy(() -> textOf(circle))
        .withMessageContaining("deeper");
  }

  private record Question(String text, List<String> tags) {}

  private record Query(String text, List<String> tags) {}

  private record Holder(Object content) {}

  @Test
  void add_records_countByClassAndComponents() {
    var question = new Question("why", List.of("a"));
    assertThat(textOf(new Question("why", new ArrayList<>(List.of("a")))))
        .isEqualTo(textOf(question));
    assertThat(List.of(
            new Question("why", List.of("a")),
            new Question("why", List.of("b")),
            new Question("Why", List.of("a")),
            new Query("why", List.of("a")),
            new Holder(question),
            Map.of("text", "why", "tags", List.of("a"))))
        .extracting(CanonicalFormTest::textOf)
        .doesNotHaveDuplicates();
  }

  @Test
  void add_recordThatHoldsSomethingUnknown_isRefused() {
    assertThatExceptionOfType(CanonicalForm.UnsupportedKeyPartException.class)
        .isThrownBy(() -> textOf(new Holder(new StringJoiner(","))))
        .withMessage(StringJoiner.class.getName());
  }

  /** What tells two values apart: its kind, and its content in a form that has equality. */
  private record Meaning(char kind, Object content) {

    static Meaning of(@Nullable Object value) {
      if (value == null) {
        return new Meaning('n', "");
      } else if (value instanceof List<?> list) {
        return new Meaning('l', list.stream().map(Meaning::of).toList());
      } else if (value instanceof Set<?> set) {
        return new Meaning('t', counted(set.stream().map(Meaning::of).toList()));
      } else if (value instanceof Map<?, ?> map) {
        var content = new HashMap<String, Meaning>();
        map.forEach((name, each) -> content.put((String) name, of(each)));
        return new Meaning('o', content);
      } else if (value instanceof byte[] bytes) {
        return new Meaning('x', HexFormat.of().formatHex(bytes));
      } else if (value instanceof Double number) {
        return new Meaning('d', number == 0.0 ? 0.0 : number);
      } else if (value instanceof BigDecimal) {
        return new Meaning('m', value);
      } else if (value instanceof Number) {
        return new Meaning('i', new BigInteger(value.toString()));
      } else if (value instanceof Enum<?> constant) {
        return new Meaning('e', constant.getDeclaringClass().getName() + "#" + constant.name());
      }
      char kind = value instanceof Boolean
          ? 'b'
          : value instanceof Character ? 'c' : value instanceof UUID ? 'u' : 's';
      return new Meaning(kind, value.toString());
    }
  }

  private static Map<Meaning, Integer> counted(List<Meaning> elements) {
    var counts = new HashMap<Meaning, Integer>();
    elements.forEach(element -> counts.merge(element, 1, Integer::sum));
    return counts;
  }

  /** Reads canonical texts; written from the description alone. */
  private static final class Reader {
    private final String text;
    private int at;

    Reader(String text) {
      this.text = text;
    }

    List<Meaning> all() {
      var meanings = new ArrayList<Meaning>();
      while (at < text.length()) {
        meanings.add(next());
      }
      return meanings;
    }

    private Meaning next() {
      char kind = text.charAt(at);
      int colon = text.indexOf(':', at);
      int end = colon + 1 + Integer.parseInt(text, at + 1, colon, 10);
      String content = text.substring(colon + 1, end);
      at = end;
      return switch (kind) {
        case 'l' -> new Meaning(kind, new Reader(content).all());
        case 't' -> new Meaning(kind, counted(new Reader(content).all()));
        case 'o' -> new Meaning(kind, entries(new Reader(content).all()));
        case 'i' -> new Meaning(kind, new BigInteger(content));
        case 'd' -> new Meaning(kind, Double.valueOf(content));
        case 'm' -> new Meaning(kind, new BigDecimal(content));
        default -> new Meaning(kind, content);
      };
    }

    private static Map<String, Meaning> entries(List<Meaning> alternating) {
      var entries = new HashMap<String, Meaning>();
      for (int i = 0; i < alternating.size(); i += 2) {
        entries.put((String) alternating.get(i).content(), alternating.get(i + 1));
      }
      return entries;
    }
  }

  private static @Nullable Object randomValue(Random random, int depth) {
    return switch (random.nextInt(depth == 0 ? 10 : 14)) {
      case 0 -> null;
      case 1 -> random.nextBoolean();
      case 2 -> random.nextInt(20) - 10;
      case 3 -> random.nextLong();
      case 4 -> random.nextInt(8) / 4.0;
      case 5 -> BigDecimal.valueOf(random.nextInt(30), random.nextInt(3));
      case 6 -> random.nextBoolean() ? TimeUnit.DAYS : new UUID(0, random.nextInt(3));
      case 7 -> random.nextBoolean() ? "1:".charAt(random.nextInt(2)) : new byte[random.nextInt(3)];
      case 8, 9 -> randomText(random);
      case 10 -> new LinkedHashSet<>(randomList(random, depth - 1));
      case 11, 12 -> randomList(random, depth - 1);
      default -> randomMap(random, depth - 1);
    };
  }

  private static String randomText(Random random) {
    var text = new StringBuilder();
    for (int i = random.nextInt(6); i > 0; i--) {
      text.append("s1:n0él\ud800".charAt(random.nextInt(8)));
    }
    return text.toString();
  }

  private static List<@Nullable Object> randomList(Random random, int depth) {
    var list = new ArrayList<@Nullable Object>();
    for (int i = random.nextInt(4); i > 0; i--) {
      list.add(randomValue(random, depth));
    }
    return list;
  }

  private static Map<String, @Nullable Object> randomMap(Random random, int depth) {
    var map = new LinkedHashMap<String, @Nullable Object>();
    for (int i = random.nextInt(4); i > 0; i--) {
      map.put(randomText(random), randomValue(random, depth));
    }
    return map;
  }

  private static @Nullable Object reordered(@Nullable Object value, Random random) {
    if (value instanceof List<?> list) {
      var copy = new ArrayList<@Nullable Object>();
      list.forEach(each -> copy.add(reordered(each, random)));
      return copy;
    } else if (value instanceof Set<?> set) {
      var shuffled = new ArrayList<@Nullable Object>(set);
      Collections.shuffle(shuffled, random);
      return new LinkedHashSet<>(shuffled);
    } else if (value instanceof Map<?, ?> map) {
      var names = new ArrayList<>(map.keySet());
      Collections.shuffle(names, random);
      var copy = new LinkedHashMap<String, @Nullable Object>();
      names.forEach(name ->
          copy.put((String) Objects.requireNonNull(name), reordered(map.get(name), random)));
      return copy;
    }
    return value;
  }
}
