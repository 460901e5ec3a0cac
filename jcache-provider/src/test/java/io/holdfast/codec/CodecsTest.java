package io.holdfast.codec;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.holdfast.store.Cell;
import java.io.ByteArrayOutputStream;
import java.io.ObjectOutputStream;
import java.io.Serializable;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.MonthDay;
import java.time.OffsetDateTime;
import java.time.OffsetTime;
import java.time.Period;
import java.time.Year;
import java.time.YearMonth;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class CodecsTest {
  private static final Codecs CODECS = Codecs.standard();

  enum Color {
    RED,
    GREEN {
      @Override
      public String toString() {
        return "a constant with a body";
      }
    }
  }

  record Line(String article, int count) implements Serializable {}

  record Order(long number, List<Line> lines) implements Serializable {}

  record Address(String street, Color color) implements Serializable {}

  /** A class of nobody's declared types, which a hostile file might name. */
  static final class Gadget implements Serializable {
    private static final long serialVersionUID = 1L;
    static boolean wasRead;

    private void readObject(java.io.ObjectInputStream in) {
      Objects.requireNonNull(in);
      wasRead = true;
    }
  }

  static Stream<Object> simpleValues() {
    return Stream.of(
        "",
        "text",
        "it's (not) a type",
        "(int) 5",
        "(",
        "zero\0inside",
        "\uD83D\uDE00",
        "\uD83D half a pair",
        0L,
        Long.MIN_VALUE,
        Long.MAX_VALUE,
        1,
        Integer.MIN_VALUE,
        (short) -7,
        (byte) -128,
        true,
        false,
        'x',
        '\uD800',
        '\0',
        0.0,
        -0.0,
        Double.NaN,
        Double.MIN_VALUE,
        Double.POSITIVE_INFINITY,
        0.1,
        1e300,
        0f,
        -0f,
        Float.NaN,
        0.1f,
        Float.MIN_VALUE,
        Float.NEGATIVE_INFINITY,
        new UUID(1, -2),
        new BigInteger("-123456789012345678901234567890"),
        new BigDecimal("1.0"),
        new BigDecimal("1.00"),
        new BigDecimal("1E+1000"),
        URI.create("https://example.org/a?b=%20c#d"),
        Instant.EPOCH,
        Instant.MAX,
        Instant.MIN,
        Instant.ofEpochSecond(5, 1),
        LocalDate.of(-1, 2, 3),
        LocalDate.MAX,
        LocalTime.MIDNIGHT,
        LocalTime.MAX,
        LocalDateTime.MIN,
        OffsetDateTime.of(2026, 1, 2, 3, 4, 5, 6, ZoneOffset.ofHours(-3)),
        OffsetTime.MAX,
        ZonedDateTime.of(2026, 10, 25, 2, 30, 0, 0, ZoneId.of("Europe/Berlin"))
            .withLaterOffsetAtOverlap(),
        Duration.ofSeconds(-1, 500),
        Duration.ZERO,
        Duration.ofDays(1000),
        Period.of(1, -2, 3),
        Year.of(-44),
        Year.of(123_456),
        YearMonth.of(12_345, 6),
        YearMonth.of(-5, 7),
        MonthDay.of(2, 29),
        ZoneOffset.ofHours(2),
        Color.RED,
        Color.GREEN);
  }

  @SuppressWarnings("unchecked")
  private static Codec<Object> codecOf(Object value) {
    Class<?> type =
        value instanceof Enum<?> constant ? constant.getDeclaringClass() : value.getClass();
    return (Codec<Object>) CODECS.forType(type);
  }

  @ParameterizedTest
  @MethodSource("simpleValues")
  void simpleValue_encodedAndDecoded_isItself(Object value) {
    Codec<Object> codec = codecOf(value);
    assertThat(codec.decode(codec.encode(value))).isEqualTo(value);
    assertThat(codec.isCanonical()).isTrue();
    assertThat(codec.isImmutable()).isTrue();
  }

  @ParameterizedTest
  @MethodSource("simpleValues")
  void simpleValue_throughTheCodecOfAnyType_isItself(Object value) {
    Codec<Object> codec = Codecs.builder().allow(Color.class).build().forType(Object.class);
    Cell cell = codec.encode(value);
    Object decoded = codec.decode(cell);
    assertThat(decoded).isEqualTo(value).hasSameClassAs(value);
    assertThat(codec.isCanonical(cell)).isTrue();
  }

  @Test
  void anyCodec_differentValues_haveDifferentCells() {
    Codec<Object> codec = Codecs.builder().allow(Color.class).build().forType(Object.class);
    Map<Cell, Object> seen = new HashMap<>();
    simpleValues()
        .forEach(value -> assertThat(seen.put(codec.encode(value), value)).isNull());
    assertThat(codec.encode(1)).isNotEqualTo(codec.encode(1L)).isNotEqualTo(codec.encode("1"));
  }

  @Test
  void anyCodec_commonTypes_areReadable() {
    Codec<Object> codec = CODECS.forType(Object.class);
    assertThat(codec.encode("plain")).isEqualTo(new Cell.Text("plain"));
    assertThat(codec.encode(7L)).isEqualTo(new Cell.Whole(7));
    assertThat(codec.encode(7)).isEqualTo(new Cell.Text("(int) 7"));
    assertThat(codec.encode("(int) 7")).isEqualTo(new Cell.Text("(text) (int) 7"));
  }

  @Test
  void strings_random_roundTripAndStayDifferent() {
    Random random = new Random(7);
    Codec<String> text = CODECS.forType(String.class);
    Codec<Object> any = CODECS.forType(Object.class);
    for (int i = 0; i < 5_000; i++) {
      char[] chars = new char[random.nextInt(6)];
      for (int c = 0; c < chars.length; c++) {
        chars[c] = switch (random.nextInt(4)) {
          case 0 -> (char) ('(' + random.nextInt(2));
          case 1 -> (char) (0xD800 + random.nextInt(0x800));
          default -> (char) random.nextInt(0x10000);
        };
      }
      String string = new String(chars);
      assertThat(text.decode(text.encode(string))).isEqualTo(string);
      assertThat(any.decode(any.encode(string))).isEqualTo(string);
    }
  }

  @Test
  void numbers_random_roundTrip() {
    Random random = new Random(7);
    Codec<Double> doubles = CODECS.forType(Double.class);
    Codec<Float> floats = CODECS.forType(Float.class);
    Codec<BigDecimal> decimals = CODECS.forType(BigDecimal.class);
    for (int i = 0; i < 5_000; i++) {
      double number = Double.longBitsToDouble(random.nextLong());
      assertThat(doubles.decode(doubles.encode(number))).isEqualTo((Object) number);
      float single = Float.intBitsToFloat(random.nextInt());
      assertThat(floats.decode(floats.encode(single))).isEqualTo((Object) single);
      BigDecimal decimal = new BigDecimal(new BigInteger(100, random), random.nextInt(400) - 200);
      assertThat(decimals.decode(decimals.encode(decimal))).isEqualTo(decimal);
    }
  }

  @Test
  void nanAndNegativeZero_areNotReals() {
    Codec<Double> codec = CODECS.forType(Double.class);
    assertThat(codec.encode(Double.NaN)).isEqualTo(new Cell.Text("NaN"));
    assertThat(codec.encode(-0.0)).isEqualTo(new Cell.Text("-0.0"));
    assertThat(codec.encode(0.5)).isEqualTo(new Cell.Real(0.5));
  }

  @Test
  void bytes_changedAfterwards_areNotTheStoredOnes() {
    Codec<byte[]> codec = CODECS.forType(byte[].class);
    byte[] bytes = {1, 2, 3};
    Cell cell = codec.encode(bytes);
    bytes[0] = 9;
    assertThat(codec.decode(cell)).containsExactly(1, 2, 3);
    codec.decode(cell)[0] = 9;
    assertThat(codec.decode(cell)).containsExactly(1, 2, 3);
  }

  @Test
  void ownType_withItsFieldTypes_isSerialisedWithoutFurtherConfiguration() {
    Codec<Order> codec = CODECS.forType(Order.class);
    Order order = new Order(7, new ArrayList<>(List.of(new Line("tea", 2))));
    assertThat(codec.decode(codec.encode(order))).isEqualTo(order);
    assertThat(codec.format()).startsWith("java:" + Order.class.getName() + ":");
    assertThat(codec.format()).isEqualTo(Codecs.standard().forType(Order.class).format());
    assertThat(codec.format().substring(codec.format().lastIndexOf(':')))
        .isNotEqualTo(TypeShape.of(Line.class).hash());
  }

  @Test
  void hostileClass_inTheColumn_isRefusedBeforeItRuns() throws Exception {
    var bytes = new ByteArrayOutputStream();
    try (var out = new ObjectOutputStream(bytes)) {
      out.writeObject(new ArrayList<>(List.of(new Gadget())));
    }
    Codec<Order> codec = CODECS.forType(Order.class);
    assertThatThrownBy(() -> codec.decode(new Cell.Blob(bytes.toByteArray())))
        .isInstanceOf(CodecException.class)
        .hasMessageContaining("Gadget");
    assertThat(Gadget.wasRead).isFalse();
    assertThatThrownBy(
            () -> CODECS.forType(Object.class).encode(new ArrayList<>(List.of(new Gadget()))))
        .isInstanceOf(CodecException.class)
        .hasMessageContaining("allow-list");
  }

  /** Nested sets whose hash codes take exponential time: depth is limited. */
  @Test
  void deeplyNestedColumn_isRefused() throws Exception {
    List<Object> root = new ArrayList<>();
    for (int i = 0; i < 400; i++) {
      root = new ArrayList<>(List.of(root));
    }
    var bytes = new ByteArrayOutputStream();
    try (var out = new ObjectOutputStream(bytes)) {
      out.writeObject(root);
    }
    byte[] cell = new byte[bytes.size() + 1];
    cell[0] = 'J';
    System.arraycopy(bytes.toByteArray(), 0, cell, 1, bytes.size());
    assertThatThrownBy(() -> CODECS.forType(Object.class).decode(new Cell.Blob(cell)))
        .isInstanceOf(CodecException.class)
        .hasMessageContaining("nested deeper");
  }

  /** A few bytes that announce two billion elements must not make the reader allocate them. */
  @Test
  void hugeArrayInAShortColumn_isRefused() throws Exception {
    var bytes = new ByteArrayOutputStream();
    try (var out = new ObjectOutputStream(bytes)) {
      out.writeObject(new long[] {1});
    }
    byte[] stream = bytes.toByteArray();
    int lengthAt = stream.length - Long.BYTES - Integer.BYTES;
    Arrays.fill(stream, lengthAt, lengthAt + Integer.BYTES, (byte) 0x7f);
    assertThatThrownBy(() -> CODECS.forType(long[].class).decode(new Cell.Blob(stream)))
        .isInstanceOf(CodecException.class)
        .hasMessageContaining("arrays longer than itself");
  }

  @Test
  void collections_largeAndNested_passTheLimits() {
    Codec<Object> codec = CODECS.forType(Object.class);
    Map<String, Set<Integer>> map = new HashMap<>();
    for (int i = 0; i < 2_000; i++) {
      map.put("k" + i, new HashSet<>(Set.of(i, i + 1)));
    }
    assertThat(codec.decode(codec.encode(map))).isEqualTo(map);
    List<Object> values = List.of(
        List.of(1, 2),
        Map.of("a", 1),
        Map.of("a", 1, "b", 2),
        Set.of(),
        Set.of("x"),
        List.of(),
        Arrays.asList(1, null),
        List.of(
            Instant.EPOCH, ZonedDateTime.of(LocalDateTime.MIN, ZoneId.of("UTC")), Duration.ZERO),
        EnumSet.of(TimeUnit.DAYS),
        new Serializable[] {"kelp", 1},
        new EnumMap<>(Map.of(TimeUnit.DAYS, 1)),
        Collections.unmodifiableMap(new TreeMap<>(Map.of("k", "v"))));
    for (Object value : values) {
      assertThat(codec.decode(codec.encode(value))).isEqualTo(value);
    }
  }

  @Test
  void keyTypes_withoutAStableHash_areRefusedWithTheReason() {
    assertThatThrownBy(() -> CODECS.forKeyType(IdentityKey.class))
        .isInstanceOf(CodecException.class)
        .hasMessageContaining("equals and hashCode");
    assertThatThrownBy(() -> CODECS.forKeyType(EnumHolder.class))
        .isInstanceOf(CodecException.class)
        .hasMessageContaining("Color");
    assertThatThrownBy(() -> CODECS.forKeyType(int[].class)).isInstanceOf(CodecException.class);
    assertThatThrownBy(() -> CODECS.forKeyType(ArrayRecord.class))
        .isInstanceOf(CodecException.class);
    Codec<Object> any = CODECS.forKeyType(Object.class);
    assertThatThrownBy(() -> any.stableHash(List.of(new IdentityKey())))
        .isInstanceOf(CodecException.class);
    assertThat(Codecs.builder().stableHash(EnumHolder.class).build().forKeyType(EnumHolder.class))
        .isNotNull();
  }

  static final class IdentityKey implements Serializable {
    private static final long serialVersionUID = 1L;
  }

  @SuppressWarnings("ArrayRecordComponent") // what the test is about
  record ArrayRecord(String name, byte[] content) implements Serializable {}

  static final class EnumHolder implements Serializable {
    private static final long serialVersionUID = 1L;
    private final Color color;

    EnumHolder(Color color) {
      this.color = color;
    }

    @Override
    public boolean equals(Object other) {
      return other instanceof EnumHolder holder && holder.color == color;
    }

    @Override
    public int hashCode() {
      return Objects.hash(color);
    }
  }

  /** Fixed numbers: another JVM must compute the same. */
  @Test
  void stableHash_ofEnumsAndRecords_isTheSameInEveryJvm() {
    assertThat(StableHash.of(Color.RED)).isEqualTo("RED".hashCode());
    assertThat(StableHash.of(new Address("x", Color.RED)))
        .isEqualTo(31 * "x".hashCode() + "RED".hashCode());
    assertThat(StableHash.of(List.of(Color.RED, 1L))).isEqualTo(31 * (31 + "RED".hashCode()) + 1);
    assertThat(StableHash.of(Set.of(TimeUnit.DAYS))).isEqualTo("DAYS".hashCode());
  }

  @Test
  void stableHash_equalCollectionsOfDifferentClasses_isEqual() {
    List<Object> parts = List.of("a", Color.GREEN, 5);
    assertThat(StableHash.of(new ArrayList<>(parts))).isEqualTo(StableHash.of(parts));
    assertThat(StableHash.of(new HashSet<>(parts))).isEqualTo(StableHash.of(Set.copyOf(parts)));
  }

  @Test
  void immutability_followsTheComponents() {
    assertThat(CODECS.forType(Line.class).isImmutable()).isTrue();
    assertThat(CODECS.forType(Order.class).isImmutable()).isFalse();
    assertThat(
            Codecs.builder().immutable(List.class).build().forType(Order.class).isImmutable())
        .isTrue();
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "com.*.acme", "**"})
  void allow_notAPattern_isRefused(String pattern) {
    assertThatThrownBy(() -> Codecs.builder().allow(pattern).build())
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void allow_packageAndTree_letClassesThrough() {
    Gadget gadget = new Gadget();
    String here = Gadget.class.getPackageName();
    for (String pattern : List.of(Gadget.class.getName(), here + ".*", "io.**")) {
      Codec<Object> codec = Codecs.builder().allow(pattern).build().forType(Object.class);
      assertThat(codec.decode(codec.encode(gadget))).isInstanceOf(Gadget.class);
    }
    Gadget.wasRead = false;
  }

  @Test
  void encode_somethingNotSerializable_saysSo() {
    assertThatThrownBy(
            () -> CODECS.forType(Object.class).encode(List.of(1, 2, 3).subList(0, 2)))
        .isInstanceOf(CodecException.class)
        .hasCauseInstanceOf(java.io.NotSerializableException.class);
    assertThatThrownBy(
            () -> CODECS.forType(Object.class).encode(new IllegalStateException("as a value")))
        .isInstanceOf(CodecException.class)
        .hasMessageContaining("allow-list");
  }

  @Test
  void decode_wrongCell_isACodecException() {
    for (Class<?> type :
        List.of(String.class, Integer.class, UUID.class, Order.class, Color.class, byte[].class)) {
      assertThatThrownBy(() -> CODECS.forType(type).decode(new Cell.Real(1.5)))
          .isInstanceOf(CodecException.class);
    }
    assertThatThrownBy(() -> CODECS.forType(Integer.class).decode(new Cell.Whole(1L << 40)))
        .isInstanceOf(CodecException.class);
  }
}
