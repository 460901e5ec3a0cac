package io.holdfast.codec;

import java.lang.reflect.Modifier;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Chooses the codec of a type.
 *
 * <p>Simple types (String, numbers, UUID, {@code java.time}, URI, enums) become values that a person
 * can read in the file. {@code Object} and other types that only subclasses fill get a codec whose
 * cells name their type. Then come codecs that a library brings for its own types ({@link
 * CodecSource}). Everything else is Java serialisation, limited to the JDK's value and
 * collection types, the declared type, the classes its fields name, and what {@link Builder#allow}
 * adds.
 *
 * <p>Immutable; safe from any thread.
 */
public final class Codecs {
  private final JavaStreams streams;
  private final ImmutableTypes immutables;
  private final Set<Class<?>> vouchedHashes;
  private final Map<Class<?>, Codec<?>> own;

  private Codecs(Builder builder) {
    this.streams = new JavaStreams(AllowList.of(builder.allowed), builder.loader());
    this.immutables = new ImmutableTypes(builder.immutables);
    this.vouchedHashes = Set.copyOf(builder.vouchedHashes);
    this.own = Map.copyOf(builder.own);
  }

  /** The built-in codecs, nothing allowed beyond the defaults. */
  public static Codecs standard() {
    return builder().build();
  }

  public static Builder builder() {
    return new Builder();
  }

  /**
   * Returns the codec for values of this type.
   *
   * @throws CodecException if no codec can be made
   */
  public <T> Codec<T> forType(Class<T> type) {
    Codec<T> codec = findOwn(type);
    if (codec != null) {
      return codec;
    }
    SimpleCodec<T> simple = findSimple(type);
    if (simple != null) {
      return simple;
    }
    if (type == byte[].class) {
      return cast(new BytesCodec());
    }
    if (type.isEnum()) {
      return EnumCodec.ofUnknown(type);
    }
    boolean onlySubclasses =
        type == Object.class || (!type.isArray() && Modifier.isAbstract(type.getModifiers()));
    if (onlySubclasses) {
      return new AnyCodec<>(type, streams, immutables, vouchedHashes);
    }
    return SuppliedCodecs.forTypeOr(type, serialization(type));
  }

  private <T> Codec<T> serialization(Class<T> type) {
    return new JavaCodec<>(type, streams, immutables.contains(type), vouchedHashes.contains(type));
  }

  /**
   * Returns the codec for keys of this type.
   *
   * @throws CodecException if its keys could not be found again after a restart: arrays, classes that
   *     do not override {@code equals} and {@code hashCode}, and classes whose hash includes that of
   *     an enum. A type with a codec of the user's own, or with a vouched hash, is taken as it is
   */
  public <T> Codec<T> forKeyType(Class<T> type) {
    Codec<T> ownCodec = findOwn(type);
    if (ownCodec != null) {
      return ownCodec;
    }
    if (!vouchedHashes.contains(type)) {
      StableHash.requireStable(type);
    }
    return forType(type);
  }

  private <T> @Nullable Codec<T> findOwn(Class<T> type) {
    Codec<?> codec = own.get(type);
    return codec == null ? null : cast(codec);
  }

  @SuppressWarnings("unchecked") // the builder and the table pair each type with its codec
  private static <T> Codec<T> cast(Codec<?> codec) {
    return (Codec<T>) codec;
  }

  @SuppressWarnings("unchecked") // SimpleTypes pairs each type with its codec
  private static <T> @Nullable SimpleCodec<T> findSimple(Class<T> type) {
    return (SimpleCodec<T>) SimpleTypes.findByType(type);
  }

  /** Collects what the defaults do not know. Not thread safe. */
  public static final class Builder {
    private final List<String> allowed = new ArrayList<>();
    private final Set<Class<?>> immutables = new HashSet<>();
    private final Set<Class<?>> vouchedHashes = new HashSet<>();
    private final Map<Class<?>, Codec<?>> own = new HashMap<>();
    private @Nullable ClassLoader loader;

    private Builder() {}

    /**
     * Allows classes to be deserialised. Allow only classes that do no harm when read from a file that
     * somebody else may have written.
     *
     * @param patterns class names, {@code com.acme.*} for a package, {@code com.acme.**} for a package
     *     and those below it
     */
    public Builder allow(String... patterns) {
      allowed.addAll(List.of(patterns));
      return this;
    }

    /** Allows a class and the classes that its fields name. */
    public Builder allow(Class<?> type) {
      for (Class<?> reached : TypeShape.of(type).types()) {
        allowed.add(reached.getName());
      }
      return this;
    }

    /** Declares that objects of this type never change, so that the heap may share them. */
    public Builder immutable(Class<?> type) {
      immutables.add(type);
      return this;
    }

    /** Declares that {@code hashCode()} of this type is the same in every JVM. */
    public Builder stableHash(Class<?> type) {
      vouchedHashes.add(type);
      return this;
    }

    /** Uses this codec for the type. As a key codec it should be canonical. */
    public <T> Builder codec(Class<T> type, Codec<T> codec) {
      own.put(type, codec);
      return this;
    }

    /** The class loader for deserialised classes; without it, the thread's context class loader now. */
    public Builder classLoader(ClassLoader classLoader) {
      this.loader = classLoader;
      return this;
    }

    public Codecs build() {
      return new Codecs(this);
    }

    private ClassLoader loader() {
      if (loader != null) {
        return loader;
      }
      ClassLoader context = Thread.currentThread().getContextClassLoader();
      return context == null ? ClassLoader.getSystemClassLoader() : context;
    }
  }
}
