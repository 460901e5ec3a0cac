package io.holdfast.tier;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.ObjectInputFilter;
import java.io.ObjectInputStream;
import java.io.ObjectOutputStream;
import java.io.ObjectStreamClass;
import java.io.Serializable;
import java.io.UncheckedIOException;
import java.util.function.Predicate;

/** The state of a serializer as bytes: Java serialisation of the classes that the serializer permits. */
record StateCodec<T extends Serializable>(
    Class<T> type, Predicate<Class<?>> isClassPermitted, ClassLoader loader) {
  // A name and numbers; class descriptions nest as deep as classes inherit.
  private static final int MAX_DEPTH = 64;

  byte[] encode(T object) {
    var bytes = new ByteArrayOutputStream();
    try (var out = new ObjectOutputStream(bytes)) {
      out.writeObject(object);
    } catch (IOException e) {
      throw new UncheckedIOException("Could not serialise the state of a serializer", e);
    }
    return bytes.toByteArray();
  }

  T decode(byte[] bytes) {
    try (var in = new StateInput(bytes)) {
      return type.cast(in.readObject());
    } catch (IOException e) {
      throw new UncheckedIOException("Could not deserialise the state of a serializer", e);
    } catch (ClassNotFoundException e) {
      throw new IllegalStateException("The state of a serializer names an unknown class", e);
    }
  }

  private final class StateInput extends ObjectInputStream {
    StateInput(byte[] bytes) throws IOException {
      super(new ByteArrayInputStream(bytes));
      setObjectInputFilter(info -> {
        if (info.depth() > MAX_DEPTH || info.arrayLength() > bytes.length) {
          return ObjectInputFilter.Status.REJECTED;
        }
        Class<?> found = info.serialClass();
        if (found == null) {
          return ObjectInputFilter.Status.UNDECIDED;
        }
        return isOwn(found) || isClassPermitted.test(found)
            ? ObjectInputFilter.Status.ALLOWED
            : ObjectInputFilter.Status.REJECTED;
      });
    }

    private boolean isOwn(Class<?> found) {
      return found == type || found == Number.class || found == String.class;
    }

    @Override
    protected Class<?> resolveClass(ObjectStreamClass description)
        throws IOException, ClassNotFoundException {
      try {
        return Class.forName(description.getName(), false, loader);
      } catch (ClassNotFoundException e) {
        return super.resolveClass(description);
      }
    }
  }
}
