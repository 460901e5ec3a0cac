package io.holdfast.codec;

import io.holdfast.store.Cell;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.net.URI;
import java.nio.charset.StandardCharsets;
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
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * The types that a person can read in the file, each with its spelling.
 *
 * <p>Three things SQLite would not give back are spelled as text or bytes: NaN (stored as NULL), -0.0
 * (stored as 0.0), and a string with half a surrogate pair (no UTF-8).
 *
 * @see <a href="https://sqlite.org/floatingpoint.html">Floating point in SQLite</a>
 */
final class SimpleTypes {
  // Made when first asked for: each links several lambdas, and an application seldom needs more
  // than two.
  private static final class Known {
    private final String format;
    private final Class<?> type;
    private volatile @Nullable SimpleCodec<?> codec;

    Known(String format, Class<?> type) {
      this.format = format;
      this.type = type;
    }

    SimpleCodec<?> codec() {
      SimpleCodec<?> made = codec;
      if (made == null) {
        made = make(format);
        codec = made;
      }
      return made;
    }
  }

  private static final List<Known> ALL = List.of(
      new Known("text", String.class),
      new Known("long", Long.class),
      new Known("int", Integer.class),
      new Known("short", Short.class),
      new Known("byte", Byte.class),
      new Known("boolean", Boolean.class),
      new Known("char", Character.class),
      new Known("double", Double.class),
      new Known("float", Float.class),
      new Known("uuid", UUID.class),
      new Known("big-integer", BigInteger.class),
      new Known("big-decimal", BigDecimal.class),
      new Known("uri", URI.class),
      new Known("instant", Instant.class),
      new Known("local-date", LocalDate.class),
      new Known("local-time", LocalTime.class),
      new Known("local-date-time", LocalDateTime.class),
      new Known("offset-date-time", OffsetDateTime.class),
      new Known("offset-time", OffsetTime.class),
      new Known("zoned-date-time", ZonedDateTime.class),
      new Known("duration", Duration.class),
      new Known("period", Period.class),
      new Known("year", Year.class),
      new Known("year-month", YearMonth.class),
      new Known("month-day", MonthDay.class),
      new Known("zone", ZoneId.class),
      new Known("zone-offset", ZoneOffset.class));

  private static final Map<Class<?>, Known> BY_TYPE = new HashMap<>();
  private static final Map<String, Known> BY_FORMAT = new HashMap<>();

  static {
    for (Known known : ALL) {
      BY_TYPE.put(known.type, known);
      BY_FORMAT.put(known.format, known);
    }
  }

  private SimpleTypes() {}

  static boolean contains(Class<?> type) {
    return BY_TYPE.containsKey(type);
  }

  static @Nullable SimpleCodec<?> findByType(Class<?> type) {
    Known known = BY_TYPE.get(type);
    return known == null ? null : known.codec();
  }

  static @Nullable SimpleCodec<?> findByFormat(String format) {
    Known known = BY_FORMAT.get(format);
    return known == null ? null : known.codec();
  }

  private static SimpleCodec<?> make(String format) {
    return switch (format) {
      case "text" ->
        SimpleCodec.of(
            format,
            String.class,
            SimpleTypes::stringCell,
            SimpleTypes::stringOf,
            Function.identity(),
            Function.identity());
      case "long" ->
        SimpleCodec.whole(format, Long.class, n -> n, n -> n, String::valueOf, Long::valueOf);
      case "int" ->
        SimpleCodec.whole(
            format,
            Integer.class,
            Integer::longValue,
            Math::toIntExact,
            String::valueOf,
            Integer::valueOf);
      case "short" ->
        SimpleCodec.whole(
            format,
            Short.class,
            Short::longValue,
            SimpleTypes::toShort,
            String::valueOf,
            Short::valueOf);
      case "byte" ->
        SimpleCodec.whole(
            format,
            Byte.class,
            Byte::longValue,
            SimpleTypes::toByte,
            String::valueOf,
            Byte::valueOf);
      case "boolean" ->
        SimpleCodec.whole(
            format,
            Boolean.class,
            b -> b ? 1L : 0L,
            SimpleTypes::toBoolean,
            String::valueOf,
            SimpleTypes::parseBoolean);
      case "char" ->
        SimpleCodec.text(
            format, Character.class, SimpleTypes::spellCharacter, SimpleTypes::parseCharacter);
      case "double" ->
        SimpleCodec.of(
            format,
            Double.class,
            SimpleTypes::doubleCell,
            SimpleTypes::doubleOf,
            String::valueOf,
            Double::valueOf);
      case "float" ->
        SimpleCodec.of(
            format,
            Float.class,
            number -> doubleCell(number.doubleValue()),
            cell -> (float) doubleOf(cell),
            String::valueOf,
            Float::valueOf);
      case "uuid" -> SimpleCodec.text(format, UUID.class, UUID::toString, UUID::fromString);
      case "big-integer" ->
        SimpleCodec.text(format, BigInteger.class, BigInteger::toString, BigInteger::new);
      case "big-decimal" ->
        SimpleCodec.text(format, BigDecimal.class, BigDecimal::toString, BigDecimal::new);
      case "uri" -> SimpleCodec.text(format, URI.class, URI::toString, URI::create);
      case "instant" -> SimpleCodec.text(format, Instant.class, Instant::toString, Instant::parse);
      case "local-date" ->
        SimpleCodec.text(format, LocalDate.class, LocalDate::toString, LocalDate::parse);
      case "local-time" ->
        SimpleCodec.text(format, LocalTime.class, LocalTime::toString, LocalTime::parse);
      case "local-date-time" ->
        SimpleCodec.text(
            format, LocalDateTime.class, LocalDateTime::toString, LocalDateTime::parse);
      case "offset-date-time" ->
        SimpleCodec.text(
            format, OffsetDateTime.class, OffsetDateTime::toString, OffsetDateTime::parse);
      case "offset-time" ->
        SimpleCodec.text(format, OffsetTime.class, OffsetTime::toString, OffsetTime::parse);
      case "zoned-date-time" ->
        SimpleCodec.text(
            format, ZonedDateTime.class, ZonedDateTime::toString, ZonedDateTime::parse);
      case "duration" ->
        SimpleCodec.text(format, Duration.class, Duration::toString, Duration::parse);
      case "period" -> SimpleCodec.text(format, Period.class, Period::toString, Period::parse);
      // Year.parse does not read what Year.toString writes beyond four digits.
      case "year" ->
        SimpleCodec.whole(
            format,
            Year.class,
            year -> (long) year.getValue(),
            n -> Year.of(Math.toIntExact(n)),
            Year::toString,
            text -> Year.of(Integer.parseInt(text)));
      case "year-month" ->
        SimpleCodec.text(
            format, YearMonth.class, SimpleTypes::spellYearMonth, SimpleTypes::parseYearMonth);
      case "month-day" ->
        SimpleCodec.text(format, MonthDay.class, MonthDay::toString, MonthDay::parse);
      case "zone" -> SimpleCodec.text(format, ZoneId.class, ZoneId::getId, ZoneId::of);
      case "zone-offset" ->
        SimpleCodec.text(format, ZoneOffset.class, ZoneOffset::getId, ZoneOffset::of);
      default -> throw new IllegalArgumentException("no simple type is written as " + format);
    };
  }

  /** Whether SQLite's TEXT, which is UTF-8, gives the string back. */
  static boolean isWellFormed(String text) {
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (Character.isSurrogate(c)) {
        boolean isPair = Character.isHighSurrogate(c)
            && i + 1 < text.length()
            && Character.isLowSurrogate(text.charAt(i + 1));
        if (!isPair) {
          return false;
        }
        i++;
      }
    }
    return true;
  }

  private static Cell stringCell(String text) {
    return isWellFormed(text) ? new Cell.Text(text) : new Cell.Blob(utf16(text));
  }

  private static String stringOf(Cell cell) {
    return cell instanceof Cell.Blob blob ? fromUtf16(blob.value(), 0) : SimpleCodec.textOf(cell);
  }

  /** UTF-16, big endian, char by char: Java's encoders would replace a half surrogate pair. */
  static byte[] utf16(String text) {
    byte[] bytes = new byte[text.length() * 2];
    for (int i = 0; i < text.length(); i++) {
      bytes[2 * i] = (byte) (text.charAt(i) >> 8);
      bytes[2 * i + 1] = (byte) text.charAt(i);
    }
    return bytes;
  }

  static String fromUtf16(byte[] bytes, int offset) {
    if ((bytes.length - offset) % 2 != 0) {
      throw new CodecException("The column does not hold UTF-16 text");
    }
    char[] chars = new char[(bytes.length - offset) / 2];
    for (int i = 0; i < chars.length; i++) {
      int high = bytes[offset + 2 * i] & 0xff;
      int low = bytes[offset + 2 * i + 1] & 0xff;
      chars[i] = (char) (high << 8 | low);
    }
    return new String(chars);
  }

  private static Cell doubleCell(double number) {
    boolean isNegativeZero = number == 0 && 1 / number < 0;
    return Double.isNaN(number) || isNegativeZero
        ? new Cell.Text(String.valueOf(number))
        : new Cell.Real(number);
  }

  private static double doubleOf(Cell cell) {
    return cell instanceof Cell.Real real
        ? real.value()
        : Double.parseDouble(SimpleCodec.textOf(cell));
  }

  private static Short toShort(Long number) {
    short narrow = number.shortValue();
    if (narrow != number) {
      throw new CodecException("The number does not fit a short");
    }
    return narrow;
  }

  private static Byte toByte(Long number) {
    byte narrow = number.byteValue();
    if (narrow != number) {
      throw new CodecException("The number does not fit a byte");
    }
    return narrow;
  }

  private static Boolean toBoolean(Long number) {
    if (number != 0 && number != 1) {
      throw new CodecException("The number is neither 0 nor 1");
    }
    return number == 1;
  }

  private static Boolean parseBoolean(String text) {
    return switch (text) {
      case "true" -> true;
      case "false" -> false;
      default -> throw new CodecException("The text is neither true nor false");
    };
  }

  private static String spellCharacter(Character c) {
    return Character.isSurrogate(c) ? "U+" + Integer.toHexString(c) : String.valueOf(c);
  }

  private static Character parseCharacter(String text) {
    if (text.length() == 1) {
      return text.charAt(0);
    }
    if (text.startsWith("U+")) {
      return (char) Integer.parseInt(text.substring(2), 16);
    }
    throw new CodecException("The text is not one character");
  }

  /** As {@link LocalDate}, because YearMonth.parse does not read what YearMonth.toString writes beyond year 9999. */
  private static String spellYearMonth(YearMonth month) {
    String firstDay = month.atDay(1).toString();
    return firstDay.substring(0, firstDay.length() - "-01".length());
  }

  private static YearMonth parseYearMonth(String text) {
    return YearMonth.from(LocalDate.parse(text + "-01"));
  }

  static byte[] utf8(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }
}
