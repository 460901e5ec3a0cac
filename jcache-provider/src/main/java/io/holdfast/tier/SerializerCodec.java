package io.holdfast.tier;

import io.holdfast.codec.Codec;
import io.holdfast.codec.CodecException;
import io.holdfast.codec.Codecs;
import io.holdfast.store.Cell;
import java.nio.ByteBuffer;
import java.util.Optional;
import org.ehcache.core.spi.service.ServiceUtils;
import org.ehcache.core.spi.store.Store;
import org.ehcache.impl.config.serializer.DefaultSerializerConfiguration;
import org.ehcache.spi.serialization.Serializer;
import org.ehcache.spi.serialization.SerializerException;
import org.ehcache.spi.service.ServiceConfiguration;
import org.jspecify.annotations.Nullable;

/**
 * A serializer that the user of a plain Ehcache cache set explicitly. Serializers that Ehcache chose
 * itself are not used: its default one writes bytes that mean nothing without state.
 *
 * @param hashes gives keys their stable hash; null for values
 */
record SerializerCodec<T>(
    Serializer<T> serializer, Class<T> type, @Nullable Codec<T> hashes) implements Codec<T> {

  static <K, V> Optional<Codec<K>> ofExplicitKeySerializer(
      Store.Configuration<K, V> cache, ServiceConfiguration<?, ?>... configurations) {
    if (!isExplicit(DefaultSerializerConfiguration.Type.KEY, configurations)) {
      return Optional.empty();
    }
    Codec<K> hashes = Codecs.standard().forKeyType(cache.getKeyType()); // refuses unstable keys
    return Optional.of(new SerializerCodec<>(cache.getKeySerializer(), cache.getKeyType(), hashes));
  }

  static <K, V> Optional<Codec<V>> ofExplicitValueSerializer(
      Store.Configuration<K, V> cache, ServiceConfiguration<?, ?>... configurations) {
    if (!isExplicit(DefaultSerializerConfiguration.Type.VALUE, configurations)) {
      return Optional.empty();
    }
    return Optional.of(
        new SerializerCodec<>(cache.getValueSerializer(), cache.getValueType(), null));
  }

  private static boolean isExplicit(
      DefaultSerializerConfiguration.Type type, ServiceConfiguration<?, ?>... configurations) {
    return ServiceUtils.findAmongst(DefaultSerializerConfiguration.class, (Object[]) configurations)
        .stream()
        .anyMatch(configuration -> configuration.getType() == type);
  }

  @Override
  public String format() {
    return "serializer:" + serializer.getClass().getName() + ":" + type.getName();
  }

  @Override
  public Cell encode(T object) {
    try {
      ByteBuffer buffer = serializer.serialize(object);
      byte[] bytes = new byte[buffer.remaining()];
      buffer.get(bytes);
      return new Cell.Blob(bytes);
    } catch (SerializerException e) {
      throw new CodecException("Could not serialise a " + type.getName(), e);
    }
  }

  @Override
  public T decode(Cell cell) {
    if (!(cell instanceof Cell.Blob blob)) {
      throw new CodecException("Expected BLOB, found " + cell.getClass().getSimpleName());
    }
    try {
      return serializer.read(ByteBuffer.wrap(blob.value()).asReadOnlyBuffer());
    } catch (ClassNotFoundException | SerializerException e) {
      throw new CodecException("Could not deserialise a " + type.getName(), e);
    }
  }

  @Override
  public boolean isCanonical() {
    return false;
  }

  @Override
  public boolean isImmutable() {
    return false;
  }

  @Override
  public int stableHash(T object) {
    return hashes == null ? Codec.super.stableHash(object) : hashes.stableHash(object);
  }
}
