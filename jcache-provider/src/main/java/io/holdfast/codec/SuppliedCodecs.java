package io.holdfast.codec;

import java.util.ServiceConfigurationError;
import java.util.ServiceLoader;

/** Asks the {@link CodecSource}s that come with a type. */
final class SuppliedCodecs {

  private SuppliedCodecs() {}

  /**
   * The codec that the library of this type brings for it, or else this one.
   *
   * @throws CodecException if the library brings one that cannot be loaded: its rows could not be read without
   */
  static <T> Codec<T> forTypeOr(Class<T> type, Codec<T> serialization) {
    ClassLoader loader = type.getClassLoader();
    if (loader == null) {
      return serialization; // of the JDK
    }
    try {
      for (CodecSource source : ServiceLoader.load(CodecSource.class, loader)) {
        Codec<T> codec = source.codecOf(type, serialization).orElse(null);
        if (codec != null) {
          return codec;
        }
      }
      return serialization;
    } catch (ServiceConfigurationError | LinkageError e) {
      throw new CodecException(
          "The codec that comes with " + type.getName() + " cannot be loaded", e);
    }
  }
}
