package io.holdfast.jcache;

import io.holdfast.codec.Codec;
import org.jspecify.annotations.Nullable;

/** Which codec writes the keys and values of a cache. */
final class CodecSelection {

  private final ClassLoader classLoader;

  CodecSelection(@Nullable ClassLoader classLoader) {

    this.classLoader = classLoader == null ? CodecSelection.class.getClassLoader() : classLoader;
  }

  <K> Form<K> keyForm(HoldfastConfiguration<K, ?> configuration) {
    Codec<K> codec = configuration.keyCodec();
    return Form.ofKeys(codec == null ? choose(configuration.getKeyType(), configuration) : codec);
  }

  <V> Form<V> valueForm(HoldfastConfiguration<?, V> configuration) {
    Codec<V> codec = configuration.valueCodec();
    return Form.ofValues(
        codec == null ? choose(configuration.getValueType(), configuration) : codec);
  }

  private <T> Codec<T> choose(Class<T> type, HoldfastConfiguration<?, ?> configuration) {
    return CodecChoice.of(type, configuration.immutableTypes(), classLoader);
  }
}
