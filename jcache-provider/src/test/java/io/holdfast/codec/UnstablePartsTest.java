package io.holdfast.codec;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.Serializable;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/**
 * Keys whose declared types say nothing, as those of frameworks: Spring's {@code SimpleKey}, Hibernate's
 * {@code CacheKeyImplementation}, the generated keys of JSR-107's annotations.
 */
final class UnstablePartsTest {

  private record Unit(String name) {}

  /** A key of arguments, whose hash is theirs. */
  private static class ArgumentsKey implements Serializable {
    private static final long serialVersionUID = 1L;

    @SuppressWarnings("serial") // the arguments are serialisable
    private final Object[] arguments;

    ArgumentsKey(Object... arguments) {
      this.arguments = arguments;
    }

    @Override
    public boolean equals(Object other) {
      return other instanceof ArgumentsKey that && Arrays.deepEquals(arguments, that.arguments);
    }

    @Override
    public int hashCode() {
      return Arrays.deepHashCode(arguments);
    }
  }

  /** What it inherits is part of it. */
  private static final class NamedKey extends ArgumentsKey {
    private static final long serialVersionUID = 1L;

    NamedKey(Object... arguments) {
      super(arguments);
    }
  }

  @Test
  void stableHash_partsWithStableHashes_isTheKeysOwn() {
    var key = new ArgumentsKey("kelp", 3, null, new int[] {1}, List.of(1L), new Unit("m"));
    assertThat(StableHash.of(key)).isEqualTo(key.hashCode());
  }

  @Test
  void stableHash_enumAmongTheParts_isRefusedWithTheReason() {
    for (Object unstable : List.of(
        TimeUnit.DAYS,
        String.class,
        List.of(TimeUnit.DAYS),
        Map.of(TimeUnit.DAYS, 1),
        Map.of(1, TimeUnit.DAYS),
        new Object[] {TimeUnit.DAYS},
        new ArgumentsKey(TimeUnit.DAYS))) {
      assertThatThrownBy(() -> StableHash.of(new ArgumentsKey("kelp", unstable)))
          .isInstanceOf(CodecException.class)
          .hasMessageContaining("ArgumentsKey cannot be a key")
          .hasMessageContaining("differs from run to run");
    }
    assertThatThrownBy(() -> StableHash.of(new NamedKey(TimeUnit.DAYS)))
        .hasMessageContaining("NamedKey");
  }

  @Test
  void stableHash_partsInACircle_ends() {
    List<Object> circle = new ArrayList<>();
    circle.add(circle);
    assertThat(UnstableParts.find(new ArgumentsKey(circle))).isNull();
  }
}
