package io.holdfast.jcache;

import io.holdfast.codec.Codec;
import io.holdfast.store.Cell;
import java.util.Set;

/**
 * How objects of one type are kept in the heap, so that what a caller does to its object never reaches
 * the cache (store by value).
 *
 * @param <T> the type the caller sees
 */
sealed interface Form<T> {

  /** What the cache keeps for an object that a caller handed in. */
  Object keep(T object);

  /** What a caller is handed for something kept; its own, unless immutable. */
  T handOut(Object kept);

  /** An object of the same content that its present owner does not hold; itself, if immutable. */
  default T copy(T object) {
    return handOut(keep(object));
  }

  /** The codec of what is kept, for the tier. */
  Codec<Object> keptCodec();

  /** Whether two kept objects were written alike; decides if an entry changed under an entry processor. */
  default boolean writtenAlike(Object one, Object other) {
    return one == other
        || one.equals(other)
        || keptCodec().encode(one).equals(keptCodec().encode(other));
  }

  static <T> Form<T> ofValues(Codec<T> codec) {
    return codec.isImmutable() ? new Shared<>(codec) : new Frozen<>(codec);
  }

  /** Keys keep their own class, since the heap finds them by their own hash and equals. */
  static <T> Form<T> ofKeys(Codec<T> codec) {
    return codec.isImmutable() ? new Shared<>(codec) : new Copied<>(codec);
  }

  /** The same instance for everybody. */
  record Shared<T>(Codec<T> codec) implements Form<T> {
    @Override
    public Object keep(T object) {
      return object;
    }

    @Override
    @SuppressWarnings("unchecked") // only what keep() returned comes here
    public T handOut(Object kept) {
      return (T) kept;
    }

    @Override
    @SuppressWarnings("unchecked") // kept objects are T
    public Codec<Object> keptCodec() {
      return (Codec<Object>) codec;
    }
  }

  /** A copy in, a copy out. */
  record Copied<T>(Codec<T> codec) implements Form<T> {
    @Override
    public Object keep(T object) {
      return codec.decode(codec.encode(object));
    }

    @Override
    @SuppressWarnings("unchecked") // only what keep() returned comes here
    public T handOut(Object kept) {
      return codec.decode(codec.encode((T) kept));
    }

    @Override
    @SuppressWarnings("unchecked") // kept objects are T
    public Codec<Object> keptCodec() {
      return (Codec<Object>) codec;
    }
  }

  /** The column itself. */
  record Frozen<T>(Codec<T> codec) implements Form<T> {
    @Override
    public Object keep(T object) {
      return Held.of(codec, object);
    }

    @Override
    @SuppressWarnings("unchecked") // only what keep() returned comes here
    public T handOut(Object kept) {
      return ((Held<T>) kept).thaw();
    }

    @Override
    public Codec<Object> keptCodec() {
      return new HeldCodec<>(codec);
    }
  }

  /** Passes columns through: rows look as the value's own codec writes them. */
  record HeldCodec<T>(Codec<T> codec) implements Codec<Object> {
    @Override
    public String format() {
      return codec.format();
    }

    @Override
    public Set<String> formerFormats() {
      return codec.formerFormats();
    }

    @Override
    public Cell encode(Object object) {
      return ((Held<?>) object).cell();
    }

    @Override
    public Object decode(Cell cell) {
      return new Held<>(codec, cell);
    }

    @Override
    public boolean isCurrent(Cell cell) {
      return codec.isCurrent(cell);
    }

    @Override
    public boolean isCanonical() {
      return codec.isCanonical();
    }

    @Override
    public boolean isImmutable() {
      return true;
    }
  }
}
