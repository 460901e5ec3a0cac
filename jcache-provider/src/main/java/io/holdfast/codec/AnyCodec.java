package io.holdfast.codec;

import io.holdfast.store.Cell;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Objects of several types in one column, each told from the others by its cell alone, so that the
 * Integer 1, the Long 1 and the String "1" are three keys and come back as what they were:
 *
 * <ul>
 *   <li>String is TEXT, Long is INTEGER, Double is REAL;
 *   <li>the other simple types and enums are TEXT that opens with their name in parentheses: {@code
 *       (int) 42}, {@code (uuid) 0b4e…}, {@code (enum com.acme.Color) RED};
 *   <li>a String that itself opens with a parenthesis is {@code (text) (like this)};
 *   <li>everything else is BLOB; its first byte says how to read the rest.
 * </ul>
 */
final class AnyCodec<T> implements Codec<T> {
  private static final byte RAW_BYTES = 'B';
  private static final byte JAVA_STREAM = 'J';
  private static final byte UTF_16 = 'U';
  private static final String ENUM = "enum ";

  private final Class<T> type;
  private final ShapedStreams streams;
  private final ImmutableTypes immutables;
  private final Set<Class<?>> vouchedHashes;

  AnyCodec(
      Class<T> type, JavaStreams streams, ImmutableTypes immutables, Set<Class<?>> vouchedHashes) {
    this.type = type;
    this.immutables = immutables;
    this.streams = new ShapedStreams(streams, TypeShape.of(type));
    this.vouchedHashes = Set.copyOf(vouchedHashes);
  }

  @Override
  public String format() {
    return type == Object.class
        ? "any"
        : "any:" + type.getName() + ":" + TypeShape.of(type).hash();
  }

  @Override
  public Cell encode(T object) {
    if (object instanceof String text) {
      return encodeString(text);
    }
    if (object instanceof Long number) {
      return new Cell.Whole(number);
    }
    if (object instanceof byte[] bytes) {
      return tagged(RAW_BYTES, bytes);
    }
    if (object instanceof Enum<?> constant) {
      Class<?> declaring = constant.getDeclaringClass();
      if (!streams.allowed().allows(declaring)) {
        throw new CodecException(declaring.getName()
            + " is not on the allow-list; name it in the property holdfast.serialization.allow");
      }
      return new Cell.Text("(" + ENUM + declaring.getName() + ") " + constant.name());
    }
    SimpleCodec<?> simple = SimpleTypes.findByType(object.getClass());
    if (simple != null) {
      return encodeSimple(simple, object);
    }
    byte[] stream = streams.write(object, 1);
    if (!ShapedStreams.isShaped(stream)) {
      stream[0] = JAVA_STREAM;
    }
    return new Cell.Blob(stream);
  }

  private static Cell encodeString(String text) {
    if (!SimpleTypes.isWellFormed(text)) {
      return tagged(UTF_16, SimpleTypes.utf16(text));
    }
    return new Cell.Text(text.startsWith("(") ? "(text) " + text : text);
  }

  private static <S> Cell encodeSimple(SimpleCodec<S> codec, Object object) {
    S value = codec.type().cast(object);
    if (value instanceof Double && codec.encode(value) instanceof Cell.Real real) {
      return real;
    }
    return new Cell.Text("(" + codec.format() + ") " + codec.spell(value));
  }

  private static Cell tagged(byte tag, byte[] content) {
    byte[] bytes = new byte[content.length + 1];
    bytes[0] = tag;
    System.arraycopy(content, 0, bytes, 1, content.length);
    return new Cell.Blob(bytes);
  }

  @Override
  public T decode(Cell cell) {
    Object object = decodeAny(cell);
    if (!type.isInstance(object)) {
      throw new CodecException(
          "The column holds a " + object.getClass().getName() + ", not a " + type.getName());
    }
    return type.cast(object);
  }

  private Object decodeAny(Cell cell) {
    if (cell instanceof Cell.Text text) {
      return decodeText(text.value());
    }
    if (cell instanceof Cell.Whole whole) {
      return whole.value();
    }
    if (cell instanceof Cell.Real real) {
      return real.value();
    }
    return decodeBlob(((Cell.Blob) cell).value());
  }

  private Object decodeText(String text) {
    if (!text.startsWith("(")) {
      return text;
    }
    int end = text.indexOf(") ");
    if (end < 0) {
      throw new CodecException("The text opens a type name and does not close it");
    }
    String name = text.substring(1, end);
    String spelling = text.substring(end + 2);
    if (name.startsWith(ENUM)) {
      return decodeEnum(name.substring(ENUM.length()), spelling);
    }
    SimpleCodec<?> codec = SimpleTypes.findByFormat(name);
    if (codec == null) {
      throw new CodecException("The text names an unknown type");
    }
    return codec.parse(spelling);
  }

  private Object decodeEnum(String className, String constant) {
    if (!streams.allowed().allowsName(className)) {
      throw new CodecException(className + " is not on the allow-list");
    }
    Object @Nullable [] constants;
    try {
      constants = Class.forName(className, false, streams.loader()).getEnumConstants();
    } catch (ClassNotFoundException e) {
      throw new OutdatedCellException("There is no class " + className, e);
    }
    if (constants != null) {
      for (Object candidate : constants) {
        if (((Enum<?>) candidate).name().equals(constant)) {
          return candidate;
        }
      }
    }
    throw new OutdatedCellException("The text names no constant of " + className);
  }

  private Object decodeBlob(byte[] bytes) {
    if (bytes.length == 0) {
      throw new CodecException("The BLOB is empty");
    }
    if (ShapedStreams.isShaped(bytes)) {
      return streams.read(bytes, 1);
    }
    return switch (bytes[0]) {
      case RAW_BYTES -> java.util.Arrays.copyOfRange(bytes, 1, bytes.length);
      case UTF_16 -> SimpleTypes.fromUtf16(bytes, 1);
      case JAVA_STREAM -> streams.read(bytes, 1);
      default -> throw new CodecException("The BLOB does not say what it holds");
    };
  }

  @Override
  public boolean isCurrent(Cell cell) {
    if (cell instanceof Cell.Blob blob) {
      return streams.isCurrent(blob.value(), 1);
    }
    return !(cell instanceof Cell.Text text)
        || !text.value().startsWith("(" + ENUM)
        || isCurrentEnum(cell);
  }

  private boolean isCurrentEnum(Cell cell) {
    try {
      decodeAny(cell);
      return true;
    } catch (OutdatedCellException e) {
      return false;
    } catch (CodecException e) {
      return true; // Another failure is told to who asks for the object.
    }
  }

  @Override
  public boolean isCanonical() {
    return false;
  }

  @Override
  public boolean isCanonical(Cell cell) {
    return !(cell instanceof Cell.Blob blob)
        || (blob.value()[0] != JAVA_STREAM && !ShapedStreams.isShaped(blob.value()));
  }

  @Override
  public boolean isImmutable() {
    return immutables.contains(type);
  }

  @Override
  public boolean isImmutable(T object) {
    return isImmutable() || immutables.contains(object.getClass());
  }

  @Override
  public int stableHash(T object) {
    return vouchedHashes.contains(object.getClass()) ? object.hashCode() : StableHash.of(object);
  }
}
