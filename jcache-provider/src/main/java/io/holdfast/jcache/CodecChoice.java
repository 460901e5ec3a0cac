package io.holdfast.jcache;

import io.holdfast.codec.Codec;
import io.holdfast.codec.CodecException;
import io.holdfast.store.Cell;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.ObjectInputStream;
import java.io.ObjectOutputStream;
import java.io.ObjectStreamClass;
import java.util.Set;

/** Copies objects of caches that live in the heap alone; their bytes never leave the process. */
record CodecChoice<T>(Class<T> type, boolean isImmutable, ClassLoader classLoader)
    implements Codec<T> {
  private static final Set<Class<?>> IMMUTABLE = Set.of(
      String.class,
      Long.class,
      Integer.class,
      Short.class,
      Byte.class,
      Double.class,
      Float.class,
      Boolean.class,
      Character.class,
      java.util.UUID.class);

  static <T> CodecChoice<T> of(Class<T> type, Set<Class<?>> declaredImmutable, ClassLoader loader) {
    boolean immutable =
        IMMUTABLE.contains(type) || type.isEnum() || declaredImmutable.contains(type);
    return new CodecChoice<>(type, immutable, loader);
  }

  @Override
  public String format() {
    return "java:" + type.getName();
  }

  @Override
  public Cell encode(T object) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (ObjectOutputStream out = new ObjectOutputStream(bytes)) {
      out.writeObject(object);
    } catch (IOException e) {
      throw new CodecException("Could not write a " + object.getClass().getName(), e);
    }
    return new Cell.Blob(bytes.toByteArray());
  }

  @Override
  @SuppressWarnings({"unchecked", "BanSerializableRead"}) // bytes of our own making
  public T decode(Cell cell) {
    byte[] bytes = ((Cell.Blob) cell).value();
    try (ObjectInputStream in = new Resolving(bytes, classLoader)) {
      return (T) in.readObject();
    } catch (IOException | ClassNotFoundException e) {
      throw new CodecException("Could not read a " + type.getName(), e);
    }
  }

  @Override
  public boolean isCanonical() {
    return false;
  }

  private static final class Resolving extends ObjectInputStream {
    private final ClassLoader classLoader;

    Resolving(byte[] bytes, ClassLoader classLoader) throws IOException {
      super(new ByteArrayInputStream(bytes));
      this.classLoader = classLoader;
    }

    @Override
    protected Class<?> resolveClass(ObjectStreamClass described)
        throws IOException, ClassNotFoundException {
      try {
        return Class.forName(described.getName(), false, classLoader);
      } catch (ClassNotFoundException e) {
        return super.resolveClass(described);
      }
    }
  }
}
