package io.holdfast.codec;

import java.util.Set;

/**
 * Sums up the shapes of the classes that one stream names, in whatever order, the JDK's left out and
 * those that the cache's format speaks for.
 */
final class ShapeSum {
  private static final ClassValue<Long> SHAPES = new ClassValue<>() {
    @Override
    protected Long computeValue(Class<?> type) {
      return TypeShape.fingerprint(type);
    }
  };

  private final Set<Class<?>> spokenFor;
  private long sum;

  ShapeSum(Set<Class<?>> spokenFor) {
    this.spokenFor = spokenFor;
  }

  /** Called once for each class of the stream. */
  void add(Class<?> type) {
    if (!type.isArray() && !TypeShape.isPlatform(type) && !spokenFor.contains(type)) {
      sum += SHAPES.get(type);
    }
  }

  /** Zero if there was no class to speak of. */
  long sum() {
    return sum;
  }
}
