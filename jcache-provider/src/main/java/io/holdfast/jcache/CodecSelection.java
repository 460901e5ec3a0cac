package io.holdfast.jcache;

import io.holdfast.codec.Codec;
import io.holdfast.codec.Codecs;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Which codec writes the keys and values of a cache: the configured one, else one that fits the type. */
final class CodecSelection {
  private final Codecs codecs;

  CodecSelection(
      HoldfastConfiguration<?, ?> configuration,
      List<String> allowedClasses,
      @Nullable ClassLoader classLoader) {
    Codecs.Builder builder = Codecs.builder()
        .allow(allowedClasses.toArray(String[]::new))
        .allow(configuration.allowedClasses().toArray(String[]::new));
    configuration.immutableTypes().forEach(builder::immutable);
    if (classLoader != null) {
      builder.classLoader(classLoader);
    }
    this.codecs = builder.build();
  }

  /**
   * The form of keys.
   *
   * @throws io.holdfast.codec.CodecException if keys of this type could not be found again in the file
   */
  <K> Form<K> keyForm(HoldfastConfiguration<K, ?> configuration, boolean persistent) {
    Codec<K> codec = configuration.keyCodec();
    if (codec == null) {
      codec = persistent
          ? codecs.forKeyType(configuration.getKeyType())
          : codecs.forType(configuration.getKeyType());
    }
    return Form.ofKeys(codec);
  }

  <V> Form<V> valueForm(HoldfastConfiguration<?, V> configuration) {
    Codec<V> codec = configuration.valueCodec();
    return Form.ofValues(codec == null ? codecs.forType(configuration.getValueType()) : codec);
  }
}
