package io.holdfast.codec;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.InvalidClassException;
import java.io.ObjectInputFilter;
import java.io.ObjectInputStream;
import java.io.ObjectOutputStream;
import java.io.ObjectStreamClass;
import java.io.OutputStream;
import org.jspecify.annotations.Nullable;

/**
 * Java serialisation behind an allow-list, on the way in and on the way out.
 *
 * <p>Reading is limited: depth by a constant, all arrays together by the length of the stream, since
 * every element takes at least a byte of it (hash tables ask for a few slots an element). So a short
 * hostile stream cannot make the reader allocate much, nor, by {@link HashCost}, compute for long.
 *
 * <p>Messages name classes, and nothing else of what a stream holds.
 *
 * @param loader resolves the classes that a stream names
 */
record JavaStreams(AllowList allowed, ClassLoader loader) {
  private static final int MAX_DEPTH = 256;
  private static final long MAX_REFERENCES = 20_000_000;
  private static final long SLOTS_PER_BYTE = 4;
  private static final long SMALL_ARRAYS = 16_384;
  private static final long MAX_HASH_COST = 20_000_000;

  /**
   * Serialises an object.
   *
   * @param headerBytes bytes left free before the stream
   * @param shapes is told of each class in the stream
   */
  byte[] write(Object object, int headerBytes, ShapeSum shapes) {
    var bytes = new ByteArrayOutputStream(256);
    for (int i = 0; i < headerBytes; i++) {
      bytes.write(0);
    }
    try (var out = new CheckedOutput(bytes, shapes)) {
      out.writeObject(object);
      out.requireNoFailureWritten();
    } catch (IOException e) {
      throw new CodecException(
          "Could not serialise a " + object.getClass().getName() + ": " + e.getMessage(), e);
    } catch (StackOverflowError e) {
      throw new CodecException(
          "A " + object.getClass().getName() + " is nested too deep to serialise", e);
    }
    byte[] stream = bytes.toByteArray();
    HashCost.requireAtMost(MAX_HASH_COST, MAX_DEPTH, stream, headerBytes);
    return stream;
  }

  /**
   * Deserialises an object.
   *
   * @param shapes is told of each class in the stream
   * @throws OutdatedCellException if a class in it is gone, or cannot take what was written of it
   */
  Object read(byte[] bytes, int offset, int length, ShapeSum shapes) {
    HashCost.requireAtMost(MAX_HASH_COST, MAX_DEPTH, bytes, offset);
    var filter = new StreamFilter(length);
    try (var in =
        new CheckedInput(new ByteArrayInputStream(bytes, offset, length), filter, shapes)) {
      Object object = in.readObject();
      if (object == null) {
        throw new CodecException("The column holds a serialised null");
      }
      return object;
    } catch (InvalidClassException e) {
      if (!filter.hasRefused()) {
        throw new OutdatedCellException(filter.explain(e), e);
      }
      throw new CodecException(filter.explain(e), e);
    } catch (ClassNotFoundException | ClassCastException e) {
      throw new OutdatedCellException("A class in the column is gone or has changed: " + e, e);
    } catch (CodecException e) {
      throw e;
    } catch (IOException | RuntimeException e) {
      // Classes say what they dislike about a value: such a message, and so the cause, stays out.
      throw new CodecException(
          "Could not deserialise the column: " + e.getClass().getName());
    } catch (StackOverflowError e) {
      throw new CodecException("The column is nested too deep to deserialise", e);
    }
  }

  private final class CheckedOutput extends ObjectOutputStream {
    private final ShapeSum shapes;
    private @Nullable String failureClass;

    CheckedOutput(OutputStream out, ShapeSum shapes) throws IOException {
      super(out);
      this.shapes = shapes;
    }

    /** An exception that was part of the object, not a failure to write it, is refused after all. */
    void requireNoFailureWritten() {
      if (failureClass != null) {
        throw new CodecException(refusal(failureClass));
      }
    }

    /** Called once for each class whose descriptor enters the stream. */
    @Override
    protected void annotateClass(Class<?> type) {
      // When something cannot be written, the stream notes the exception in itself, then throws it.
      boolean isStreamFailure =
          Throwable.class.isAssignableFrom(type) && TypeShape.isPlatform(type);
      if (isStreamFailure && !allowed.allows(type)) {
        failureClass = type.getName();
      } else if (!allowed.allows(type)) {
        throw new CodecException(refusal(type.getName()));
      }
      shapes.add(type);
    }

    @Override
    protected void annotateProxyClass(Class<?> type) {
      throw new CodecException("Dynamic proxies are not written to the file");
    }
  }

  private final class CheckedInput extends ObjectInputStream {
    private final StreamFilter filter;
    private final ShapeSum shapes;

    CheckedInput(InputStream in, StreamFilter filter, ShapeSum shapes) throws IOException {
      super(in);
      this.filter = filter;
      this.shapes = shapes;
      setObjectInputFilter(filter);
    }

    @Override
    protected Class<?> resolveClass(ObjectStreamClass description)
        throws IOException, ClassNotFoundException {
      String element = elementName(description.getName());
      if (!isPrimitiveName(element) && !allowed.allowsName(element)) {
        // Refused by name: a class that is not allowed is not even loaded.
        filter.reject(refusal(element));
        throw new InvalidClassException(element, "not on the allow-list");
      }
      Class<?> type = find(description);
      shapes.add(type);
      return type;
    }

    private Class<?> find(ObjectStreamClass description)
        throws IOException, ClassNotFoundException {
      try {
        return Class.forName(description.getName(), false, loader);
      } catch (ClassNotFoundException e) {
        return super.resolveClass(description);
      }
    }

    @Override
    protected Class<?> resolveProxyClass(String[] interfaces) {
      throw new CodecException("The column holds a dynamic proxy, which is never read");
    }
  }

  /** {@code com.acme.Order} of {@code [[Lcom.acme.Order;}; a primitive's name of an array of them. */
  private static String elementName(String className) {
    if (!className.startsWith("[")) {
      return className;
    }
    String element = className.substring(className.lastIndexOf('[') + 1);
    return element.startsWith("L") && element.endsWith(";")
        ? element.substring(1, element.length() - 1)
        : "int";
  }

  private static boolean isPrimitiveName(String name) {
    return switch (name) {
      case "boolean", "byte", "char", "short", "int", "long", "float", "double", "void" -> true;
      default -> false;
    };
  }

  private static String refusal(String className) {
    return className
        + " is not on the allow-list for Java serialisation; if it is yours and trusted, name it in"
        + " the property holdfast.serialization.allow or give its type a codec";
  }

  private final class StreamFilter implements ObjectInputFilter {
    private long slotsLeft;
    private @Nullable String reason;

    StreamFilter(int streamBytes) {
      slotsLeft = SMALL_ARRAYS + streamBytes * SLOTS_PER_BYTE;
    }

    @Override
    public Status checkInput(FilterInfo info) {
      Class<?> type = info.serialClass();
      if (type != null && !allowed.allows(type)) {
        return reject(refusal(type.getName()));
      }
      if (info.depth() > MAX_DEPTH) {
        return reject("The column is nested deeper than " + MAX_DEPTH);
      }
      if (info.references() > MAX_REFERENCES) {
        return reject("The column holds more than " + MAX_REFERENCES + " references");
      }
      slotsLeft -= Math.max(0, info.arrayLength());
      if (slotsLeft < 0) {
        return reject("The column announces arrays longer than itself");
      }
      return type == null ? Status.UNDECIDED : Status.ALLOWED;
    }

    /** Whether a class or a size was refused, rather than found to have changed. */
    boolean hasRefused() {
      return reason != null;
    }

    String explain(InvalidClassException e) {
      if (reason != null) {
        return reason;
      }
      return e.classname == null
          ? "Could not deserialise the column: " + e.getClass().getName()
          : "Could not deserialise the column: " + e.getMessage();
    }

    private Status reject(String why) {
      reason = why;
      return Status.REJECTED;
    }
  }
}
