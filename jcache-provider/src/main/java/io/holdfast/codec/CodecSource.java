package io.holdfast.codec;

import java.util.Optional;

/**
 * Brings a codec for types of its own library, which would be serialised without it. Found by {@link
 * java.util.ServiceLoader} with the class loader of the type, so a library decides for its own types only; a
 * codec that the user configures goes first.
 */
public interface CodecSource {

  /**
   * The codec for values of a type; empty if this is none of its types.
   *
   * @param serialization what would write them otherwise: reads the rows that it wrote, and writes what the codec
   *     cannot
   */
  <T> Optional<Codec<T>> codecOf(Class<T> type, Codec<T> serialization);
}
