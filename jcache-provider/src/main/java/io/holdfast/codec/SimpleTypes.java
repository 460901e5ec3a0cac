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
import java.util.LinkedHashMap;
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
  private static final SimpleCodec<String> STRING = SimpleCodec.of(
      "text",
      String.class,
      SimpleTypes::stringCell,
      SimpleTypes::stringOf,
      Function.identity(),
      Function.identity());

  private static final SimpleCodec<Double> DOUBLE = SimpleCodec.of(
      "double",
      Double.class,
      SimpleTypes::doubleCell,
      SimpleTypes::doubleOf,
      String::valueOf,
      Double::valueOf);

  private static final SimpleCodec<Float> FLOAT = SimpleCodec.of(
      "float",
      Float.class,
      number -> doubleCell(number.doubleValue()),
      cell -> (float) doubleOf(cell),
      String::valueOf,
      Float::valueOf);

  private static final SimpleCodec<YearMonth> YEAR_MONTH = SimpleCodec.text(
      "year-month", YearMonth.class, SimpleTypes::spellYearMonth, SimpleTypes::parseYearMonth);

  private static final List<SimpleCodec<?>> ALL = List.of(
      STRING,
      SimpleCodec.whole("long", Long.class, n -> n, n -> n, String::valueOf, Long::valueOf),
      SimpleCodec.whole(
          "int",
          Integer.class,
          Integer::longValue,
          Math::toIntExact,
          String::valueOf,
          Integer::valueOf),
      SimpleCodec.whole(
          "short",
          Short.class,
          Short::longValue,
          SimpleTypes::toShort,
          String::valueOf,
          Short::valueOf),
      SimpleCodec.whole(
          "byte", Byte.class, Byte::longValue, SimpleTypes::toByte, String::valueOf, Byte::valueOf),
      SimpleCodec.whole(
          "boolean",
          Boolean.class,
          b -> b ? 1L : 0L,
          SimpleTypes::toBoolean,
          String::valueOf,
          SimpleTypes::parseBoolean),
      SimpleCodec.text(
          "char", Character.class, SimpleTypes::spellCharacter, SimpleTypes::parseCharacter),
      DOUBLE,
      FLOAT,
      SimpleCodec.text("uuid", UUID.class, UUID::toString, UUID::fromString),
      SimpleCodec.text("big-integer", BigInteger.class, BigInteger::toString, BigInteger::new),
      SimpleCodec.text("big-decimal", BigDecimal.class, BigDecimal::toString, BigDecimal::new),
      SimpleCodec.text("uri", URI.class, URI::toString, URI::create),
      SimpleCodec.text("instant", Instant.class, Instant::toString, Instant::parse),
      SimpleCodec.text("local-date", LocalDate.class, LocalDate::toString, LocalDate::parse),
      SimpleCodec.text("local-time", LocalTime.class, LocalTime::toString, LocalTime::parse),
      SimpleCodec.text(
          "local-date-time", LocalDateTime.class, LocalDateTime::toString, LocalDateTime::parse),
      SimpleCodec.text(
          "offset-date-time",
          OffsetDateTime.class,
          OffsetDateTime::toString,
          OffsetDateTime::parse),
      SimpleCodec.text("offset-time", OffsetTime.class, OffsetTime::toString, OffsetTime::parse),
      SimpleCodec.text(
          "zoned-date-time", ZonedDateTime.class, ZonedDateTime::toString, ZonedDateTime::parse),
      SimpleCodec.text("duration", Duration.class, Duration::toString, Duration::parse),
      SimpleCodec.text("period", Period.class, Period::toString, Period::parse),
      // Year.parse does not read what Year.toString writes beyond four digits.
      SimpleCodec.whole(
          "year",
          Year.class,
          year -> (long) year.getValue(),
          n -> Year.of(Math.toIntExact(n)),
          Year::toString,
          text -> Year.of(Integer.parseInt(text))),
      YEAR_MONTH,
      SimpleCodec.text("month-day", MonthDay.class, MonthDay::toString, MonthDay::parse),
      SimpleCodec.text("zone", ZoneId.class, ZoneId::getId, ZoneId::of),
      SimpleCodec.text("zone-offset", ZoneOffset.class, ZoneOffset::getId, ZoneOffset::of));

  private static final Map<Class<?>, SimpleCodec<?>> BY_TYPE = new LinkedHashMap<>();
  private static final Map<String, SimpleCodec<?>> BY_FORMAT = new LinkedHashMap<>();

  static {
    for (SimpleCodec<?> codec : ALL) {
      BY_TYPE.put(codec.type(), codec);
      BY_FORMAT.put(codec.format(), codec);
    }
  }

  private SimpleTypes() {}

  static @Nullable SimpleCodec<?> findByType(Class<?> type) {
    return BY_TYPE.get(type);
  }

  static @Nullable SimpleCodec<?> findByFormat(String format) {
    return BY_FORMAT.get(format);
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
