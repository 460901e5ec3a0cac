package io.holdfast.codec;

import java.lang.reflect.Field;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.lang.reflect.RecordComponent;
import java.util.Arrays;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A hash of keys that is the same in every JVM, which {@code hashCode()} need not be: it differs from
 * run to run for enums and for classes that do not override it, and for everything built from these.
 *
 * <p>The rule. Simple types use what their documentation fixes. Enums hash their name. Records,
 * lists, sets and maps hash their parts by this same rule, as their equality compares them. Any other
 * class must override both {@code equals} and {@code hashCode}, and none of its fields may be an enum
 * or a {@code Class}, or hold one, whose hash would enter its own. Arrays are refused: they are equal
 * only to themselves. A record that overrides {@code equals} to be wider than its components needs a
 * codec of its own.
 *
 * <p>What follows from an unstable hash is worse than a miss: a removal in the next run does not find
 * the entry, and the run after it, whose hashes may be those of the first, serves it.
 */
final class StableHash {
  /** What {@code @Cacheable} makes of several arguments; equal if its array of them is, deeply. */
  private static final String SPRING_KEY = "org.springframework.cache.interceptor.SimpleKey";

  /**
   * The parameters of a query are in its hash, and enums among them are common. It may stay as it is:
   * Hibernate never removes a query's result, it compares its age with the last change of the tables.
   */
  private static final String HIBERNATE_QUERY = "org.hibernate.cache.spi.QueryKey";

  private static final PerClass<Kind> KINDS = new PerClass<>(StableHash::classify);

  private StableHash() {}

  /**
   * The hash of an object.
   *
   * @throws CodecException if its class, or the class of a part, promises no stable hash
   */
  static int of(@Nullable Object object) {
    return object == null ? 0 : KINDS.get(object.getClass()).hash(object);
  }

  /**
   * Checks a declared key type before the first key arrives. A type whose keys have other classes, such
   * as an interface, can only be checked key by key.
   *
   * @throws CodecException if no key of this type can have a stable hash
   */
  static void requireStable(Class<?> type) {
    boolean tellsItself =
        type.isArray() || type.isRecord() || !Modifier.isAbstract(type.getModifiers());
    if (tellsItself && type != Object.class && KINDS.get(type) instanceof Refused refused) {
      throw refused.refusal();
    }
    if (type.isRecord()) {
      for (RecordComponent component : type.getRecordComponents()) {
        if (component.getType() != type) {
          requireStable(component.getType().isPrimitive() ? Integer.class : component.getType());
        }
      }
    }
  }

  private static Kind classify(Class<?> type) {
    if (SimpleTypes.contains(type)) {
      return Object::hashCode;
    }
    if (type.isArray()) {
      return new Refused(type, "arrays are equal only to themselves; wrap the elements in a List");
    }
    if (type == Class.class) {
      return new Refused(type, "the hash of a class differs from run to run; use its name");
    }
    if (Enum.class.isAssignableFrom(type)) {
      return object -> ((Enum<?>) object).name().hashCode();
    }
    if (type.isRecord()) {
      return ofRecord(type);
    }
    if (type.getName().equals(SPRING_KEY)) {
      return ofSpringKey(type);
    }
    if (type.getName().equals(HIBERNATE_QUERY)) {
      return Object::hashCode;
    }
    if (List.class.isAssignableFrom(type)) {
      return object -> ofList((List<?>) object);
    }
    if (Set.class.isAssignableFrom(type)) {
      return object -> ofSet((Set<?>) object);
    }
    if (Map.class.isAssignableFrom(type)) {
      return object -> ofMap((Map<?, ?>) object);
    }
    if (Map.Entry.class.isAssignableFrom(type)) {
      return object -> {
        Map.Entry<?, ?> entry = (Map.Entry<?, ?>) object;
        return of(entry.getKey()) ^ of(entry.getValue());
      };
    }
    return ofOther(type);
  }

  private static Kind ofOther(Class<?> type) {
    if (!overrides(type, "hashCode") || !overrides(type, "equals", Object.class)) {
      return new Refused(type, "it does not override both equals and hashCode");
    }
    Class<?> culprit = findUnstableField(type, new HashSet<>());
    if (culprit != null) {
      return new Refused(type, unstable(culprit));
    }
    return object -> {
      Class<?> part = UnstableParts.find(object);
      if (part != null) {
        throw new Refused(type, unstable(part)).refusal();
      }
      return object.hashCode();
    };
  }

  private static String unstable(Class<?> part) {
    return "it holds a " + part.getName() + ", whose hash differs from run to run; make the key a"
        + " record, or vouch for its hashCode with Codecs.builder().stableHash(…)";
  }

  private static boolean overrides(Class<?> type, String method, Class<?>... parameters) {
    try {
      return type.getMethod(method, parameters).getDeclaringClass() != Object.class;
    } catch (NoSuchMethodException e) {
      throw new IllegalStateException("every class has " + method, e);
    }
  }

  private static @Nullable Class<?> findUnstableField(Class<?> type, Set<Class<?>> seen) {
    if (TypeShape.isPlatform(type) || !seen.add(type)) {
      return null;
    }
    for (Field field : TypeShape.instanceFields(type)) {
      for (Class<?> named : TypeShape.classesIn(field.getGenericType())) {
        if (named.isEnum() || named == Enum.class || named == Class.class) {
          return named;
        }
        Class<?> deeper = named.isRecord() ? findUnstableField(named, seen) : null;
        if (deeper != null) {
          return deeper;
        }
      }
    }
    return type.getSuperclass() == null ? null : findUnstableField(type.getSuperclass(), seen);
  }

  private static Kind ofRecord(Class<?> type) {
    RecordComponent[] components = type.getRecordComponents();
    Method[] accessors = new Method[components.length];
    for (int i = 0; i < components.length; i++) {
      accessors[i] = components[i].getAccessor();
      if (!accessors[i].trySetAccessible()) {
        return new Refused(type, "its package is not open to this library");
      }
    }
    return object -> {
      int hash = 0;
      for (Method accessor : accessors) {
        hash = 31 * hash + of(read(accessor, object));
      }
      return hash;
    };
  }

  private static Kind ofSpringKey(Class<?> type) {
    Field arguments;
    try {
      arguments = type.getDeclaredField("params");
    } catch (NoSuchFieldException e) {
      return ofOther(type); // not a Spring we know
    }
    if (arguments.getType() != Object[].class || !arguments.trySetAccessible()) {
      return ofOther(type);
    }
    return key -> {
      try {
        return ofArray((Object[]) arguments.get(key));
      } catch (IllegalAccessException e) {
        throw new CodecException("Could not read the arguments in a " + type.getName(), e);
      }
    };
  }

  /** As {@code Arrays.deepHashCode}, with the elements hashed by our rule. */
  private static int ofArray(Object[] array) {
    int hash = 1;
    for (Object element : array) {
      hash = 31 * hash + ofElement(element);
    }
    return hash;
  }

  private static int ofElement(@Nullable Object element) {
    if (element instanceof Object[] inner) {
      return ofArray(inner);
    }
    if (element != null && element.getClass().isArray()) {
      return Arrays.deepHashCode(new Object[] {element});
    }
    return of(element);
  }

  private static @Nullable Object read(Method accessor, Object object) {
    try {
      return accessor.invoke(object);
    } catch (IllegalAccessException | InvocationTargetException e) {
      throw new CodecException(
          "Could not read a component of " + object.getClass().getName(), e);
    }
  }

  private static int ofList(List<?> list) {
    int hash = 1;
    for (Object element : list) {
      hash = 31 * hash + of(element);
    }
    return hash;
  }

  private static int ofSet(Collection<?> set) {
    int hash = 0;
    for (Object element : set) {
      hash += of(element);
    }
    return hash;
  }

  private static int ofMap(Map<?, ?> map) {
    int hash = 0;
    for (Map.Entry<?, ?> entry : map.entrySet()) {
      hash += of(entry.getKey()) ^ of(entry.getValue());
    }
    return hash;
  }

  /** How the objects of one class are hashed. */
  private interface Kind {
    int hash(Object object);
  }

  private record Refused(Class<?> type, String reason) implements Kind {
    @Override
    public int hash(Object object) {
      throw refusal();
    }

    CodecException refusal() {
      String name = type.getTypeName();
      return new CodecException(name + " cannot be a key of a persistent cache: " + reason);
    }
  }
}
