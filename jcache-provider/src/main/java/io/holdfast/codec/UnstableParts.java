package io.holdfast.codec;

import java.lang.reflect.Field;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Looks into a key that computes its own hash, for an enum or a {@code Class} among its parts: their
 * hash, which differs from run to run, is likely to be in the key's.
 *
 * <p>Declared types tell this only where they are narrow. A field of type {@code Object} or {@code
 * Object[]}, as keys of frameworks have, has to be looked at key by key.
 */
final class UnstableParts {
  private static final int MAX_DEPTH = 64;

  private static final ClassValue<List<Field>> OPEN_FIELDS = new ClassValue<>() {
    @Override
    protected List<Field> computeValue(Class<?> type) {
      return openFields(type);
    }
  };

  private final Set<Object> seen = Collections.newSetFromMap(new IdentityHashMap<>());

  private UnstableParts() {}

  /** The class of such a part, or null. Costs a reflective read for each field that may hold one. */
  static @Nullable Class<?> find(Object key) {
    return OPEN_FIELDS.get(key.getClass()).isEmpty() ? null : new UnstableParts().inside(key, 0);
  }

  private @Nullable Class<?> of(@Nullable Object part, int depth) {
    if (part == null || depth > MAX_DEPTH || SimpleTypes.contains(part.getClass())) {
      return null;
    }
    if (part instanceof Enum<?> constant) {
      return constant.getDeclaringClass();
    }
    if (part instanceof Class<?>) {
      return Class.class;
    }
    return seen.add(part) ? inside(part, depth + 1) : null;
  }

  private @Nullable Class<?> inside(Object whole, int depth) {
    if (whole instanceof Object[] array) {
      return amongst(Arrays.asList(array), depth);
    }
    if (whole instanceof Collection<?> elements) {
      return amongst(elements, depth);
    }
    if (whole instanceof Map<?, ?> map) {
      Class<?> found = amongst(map.keySet(), depth);
      return found != null ? found : amongst(map.values(), depth);
    }
    for (Field field : OPEN_FIELDS.get(whole.getClass())) {
      Class<?> found = of(read(field, whole), depth);
      if (found != null) {
        return found;
      }
    }
    return null;
  }

  private @Nullable Class<?> amongst(Iterable<?> parts, int depth) {
    for (Object part : parts) {
      Class<?> found = of(part, depth);
      if (found != null) {
        return found;
      }
    }
    return null;
  }

  private static @Nullable Object read(Field field, Object whole) {
    try {
      return field.get(whole);
    } catch (IllegalAccessException e) {
      throw new CodecException("Could not read a field of " + whole.getClass().getName(), e);
    }
  }

  /** The fields that may hold an enum or a class. The JDK's own classes are taken as they are. */
  private static List<Field> openFields(Class<?> type) {
    List<Field> fields = new ArrayList<>();
    for (Class<?> at = type; at != null && !TypeShape.isPlatform(at); at = at.getSuperclass()) {
      for (Field field : TypeShape.instanceFields(at)) {
        if (mayHoldOne(field.getType()) && field.trySetAccessible()) {
          fields.add(field);
        }
      }
    }
    return List.copyOf(fields);
  }

  private static boolean mayHoldOne(Class<?> declared) {
    Class<?> element = declared;
    while (element.isArray()) {
      element = element.componentType();
    }
    return !element.isPrimitive() && !SimpleTypes.contains(element);
  }
}
