package io.holdfast.codec;

import java.nio.ByteBuffer;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Java serialisation that notes which shape the classes in a column had, where the format of the cache
 * does not say so already: in a cache of {@code Object}, and in fields that are open to any class. So
 * one class that changes costs the entries that hold it, and no others.
 *
 * <p>Such a column is {@code 'S'}, the stream, and eight bytes of {@link ShapeSum}; a column without
 * such a class is the stream after the tag of its codec, if that has one.
 */
final class ShapedStreams {
  private static final byte SHAPED = 'S';
  private static final int MAX_KNOWN = 10_000;

  private final JavaStreams streams;
  private final Set<Class<?>> spokenFor;

  /** Sums met so far, and whether the classes still have these shapes. */
  private final Map<Long, Boolean> known = new ConcurrentHashMap<>();

  ShapedStreams(JavaStreams streams, TypeShape declared) {
    this.streams = new JavaStreams(streams.allowed().with(declared), streams.loader());
    this.spokenFor = declared.types();
  }

  AllowList allowed() {
    return streams.allowed();
  }

  ClassLoader loader() {
    return streams.loader();
  }

  /**
   * Serialises an object.
   *
   * @param tagBytes bytes left free in front of a stream without noted shapes
   */
  byte[] write(Object object, int tagBytes) {
    ShapeSum shapes = new ShapeSum(spokenFor);
    byte[] plain = streams.write(object, tagBytes, shapes);
    if (shapes.sum() == 0) {
      return plain;
    }
    remember(shapes.sum(), true);
    int streamBytes = plain.length - tagBytes;
    return ByteBuffer.allocate(1 + streamBytes + Long.BYTES)
        .put(SHAPED)
        .put(plain, tagBytes, streamBytes)
        .putLong(shapes.sum())
        .array();
  }

  /**
   * Deserialises what {@link #write} wrote.
   *
   * @throws OutdatedCellException if a class has another shape now, or is gone
   */
  Object read(byte[] bytes, int tagBytes) {
    ShapeSum shapes = new ShapeSum(spokenFor);
    if (!isShaped(bytes)) {
      return streams.read(bytes, tagBytes, bytes.length - tagBytes, shapes);
    }
    Object object = streams.read(bytes, 1, bytes.length - 1 - Long.BYTES, shapes);
    if (shapes.sum() != sumOf(bytes)) {
      throw new OutdatedCellException("A class in the column has another shape now");
    }
    return object;
  }

  /** Whether {@link #read} can read this. Deserialises only the first column of each kind. */
  boolean isCurrent(byte[] bytes, int tagBytes) {
    if (!isShaped(bytes)) {
      return true;
    }
    Boolean isCurrent = known.get(sumOf(bytes));
    return isCurrent == null ? tryOut(bytes, tagBytes) : isCurrent;
  }

  private boolean tryOut(byte[] bytes, int tagBytes) {
    try {
      read(bytes, tagBytes);
      remember(sumOf(bytes), true);
      return true;
    } catch (OutdatedCellException e) {
      remember(sumOf(bytes), false);
      return false;
    } catch (CodecException e) {
      return true; // Another failure is told to who asks for the object.
    }
  }

  private void remember(long sum, boolean isCurrent) {
    if (known.size() < MAX_KNOWN) {
      known.put(sum, isCurrent);
    }
  }

  static boolean isShaped(byte[] bytes) {
    return bytes.length > 1 + Long.BYTES && bytes[0] == SHAPED;
  }

  private static long sumOf(byte[] bytes) {
    return ByteBuffer.wrap(bytes).getLong(bytes.length - Long.BYTES);
  }
}
