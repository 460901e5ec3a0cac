package io.holdfast.codec;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * A value of a type of ours, computed once for each class, that keeps neither the class alive nor us.
 *
 * <p>{@link ClassValue} alone does not do that. The class holds the value, and the value holds its own
 * class and with it our class loader: {@code java.lang.String} would keep every application that ever
 * had a cache with keys of that type. So a class that lives at least as long as we do is held by us, and
 * only one that may go before us holds its value. Any thread may ask; a race computes a value twice.
 */
final class PerClass<T> {
  private final Function<Class<?>, T> function;
  private final Map<Class<?>, T> ofLasting = new ConcurrentHashMap<>();
  private final ClassValue<T> ofPassing = new ClassValue<>() {
    @Override
    protected T computeValue(Class<?> type) {
      return function.apply(type);
    }
  };

  PerClass(Function<Class<?>, T> function) {
    this.function = function;
  }

  T get(Class<?> type) {
    T known = ofLasting.get(type);
    if (known != null) {
      return known;
    }
    if (!outlivesUs(type.getClassLoader())) {
      return ofPassing.get(type);
    }
    T computed = function.apply(type);
    ofLasting.put(type, computed);
    return computed;
  }

  /** Whether it is the loader of this class or one that this one cannot do without. */
  private static boolean outlivesUs(@Nullable ClassLoader loader) {
    if (loader == null) {
      return true;
    }
    ClassLoader ours = PerClass.class.getClassLoader();
    while (ours != null && ours != loader) {
      ours = ours.getParent();
    }
    return ours == loader;
  }
}
