package io.holdfast.codec;

import java.util.List;

/** The codec that a type without one of its own has: what a file was written with before there was one. */
public final class Serialized {

  private Serialized() {}

  public static <T> Codec<T> codecOf(Class<T> type) {
    var streams = new JavaStreams(AllowList.of(List.of()), type.getClassLoader());
    return new JavaCodec<>(type, streams, /* isImmutable= */ false, /* hashVouchedFor= */ false);
  }
}
