package io.holdfast.codec;

import java.io.ObjectStreamClass;
import java.io.ObjectStreamField;
import java.lang.reflect.Field;
import java.lang.reflect.GenericArrayType;
import java.lang.reflect.Modifier;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.Type;
import java.lang.reflect.TypeVariable;
import java.lang.reflect.WildcardType;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.Deque;
import java.util.HexFormat;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * What Java serialisation would write for a type: the fields of the class, of its superclasses and of
 * every class that its fields name, outside the JDK. Another shape means that older bytes may not be
 * readable (design D5).
 *
 * @param types the classes visited, the JDK's left out
 * @param hash 16 hex digits over names, fields and serialVersionUIDs; the same in every JVM that
 *     loads the same class files
 */
record TypeShape(Set<Class<?>> types, String hash) {
  private static final int MAX_TYPES = 2_000;

  static TypeShape of(Class<?> root) {
    Set<Class<?>> seen = new LinkedHashSet<>();
    Deque<Class<?>> open = new ArrayDeque<>();
    offer(root, seen, open);
    List<String> lines = new ArrayList<>();
    while (!open.isEmpty() && seen.size() < MAX_TYPES) {
      Class<?> type = open.remove();
      lines.add(describe(type));
      for (Class<?> neighbour : neighbours(type)) {
        offer(neighbour, seen, open);
      }
    }
    Collections.sort(lines);
    return new TypeShape(
        Collections.unmodifiableSet(seen),
        sha256(root.getName() + '\n' + String.join("\n", lines)));
  }

  /** A hash of what one class alone looks like: name, fields and serialVersionUID. */
  static long fingerprint(Class<?> type) {
    return Long.parseUnsignedLong(sha256(describe(type)), 16);
  }

  /** Whether the class is part of the Java platform. */
  static boolean isPlatform(Class<?> type) {
    ClassLoader loader = type.getClassLoader();
    return loader == null || loader == ClassLoader.getPlatformClassLoader();
  }

  /** The fields that hold the state of an object, in the order of their names. */
  static List<Field> instanceFields(Class<?> type) {
    List<Field> fields = new ArrayList<>();
    for (Field field : type.getDeclaredFields()) {
      if (!Modifier.isStatic(field.getModifiers()) && !Modifier.isTransient(field.getModifiers())) {
        fields.add(field);
      }
    }
    fields.sort((a, b) -> a.getName().compareTo(b.getName()));
    return fields;
  }

  /** The classes that a declared type speaks of: itself, its component, its type arguments. */
  static Set<Class<?>> classesIn(Type type) {
    Set<Class<?>> classes = new LinkedHashSet<>();
    collect(type, classes, new LinkedHashSet<>());
    return classes;
  }

  private static void collect(Type type, Set<Class<?>> classes, Set<Type> seen) {
    if (!seen.add(type)) {
      return;
    }
    if (type instanceof Class<?> plain) {
      Class<?> element = plain;
      while (element.isArray()) {
        element = element.componentType();
      }
      classes.add(element);
    } else if (type instanceof ParameterizedType generic) {
      collect(generic.getRawType(), classes, seen);
      for (Type argument : generic.getActualTypeArguments()) {
        collect(argument, classes, seen);
      }
    } else if (type instanceof GenericArrayType array) {
      collect(array.getGenericComponentType(), classes, seen);
    } else if (type instanceof WildcardType wildcard) {
      for (Type bound : wildcard.getUpperBounds()) {
        collect(bound, classes, seen);
      }
    } else if (type instanceof TypeVariable<?> variable) {
      for (Type bound : variable.getBounds()) {
        collect(bound, classes, seen);
      }
    }
  }

  private static void offer(Class<?> type, Set<Class<?>> seen, Deque<Class<?>> open) {
    for (Class<?> plain : classesIn(type)) {
      if (!plain.isPrimitive() && !isPlatform(plain) && seen.add(plain)) {
        open.add(plain);
      }
    }
  }

  private static Set<Class<?>> neighbours(Class<?> type) {
    Set<Class<?>> neighbours = new LinkedHashSet<>();
    if (type.getSuperclass() != null) {
      neighbours.add(type.getSuperclass());
    }
    if (type.isSealed()) {
      neighbours.addAll(Arrays.asList(type.getPermittedSubclasses()));
    }
    if (!type.isEnum()) {
      for (Field field : instanceFields(type)) {
        neighbours.addAll(classesIn(field.getGenericType()));
      }
    }
    return neighbours;
  }

  private static String describe(Class<?> type) {
    StringBuilder text = new StringBuilder(type.getName());
    if (type.isEnum()) {
      List<String> names = new ArrayList<>();
      for (Object constant : type.getEnumConstants()) {
        names.add(((Enum<?>) constant).name());
      }
      return text.append(" enum ").append(names).toString();
    }
    ObjectStreamClass stream = ObjectStreamClass.lookup(type);
    if (stream == null) {
      for (Field field : instanceFields(type)) {
        text.append(' ')
            .append(field.getName())
            .append(':')
            .append(field.getType().getName());
      }
      return text.toString();
    }
    text.append(" uid ").append(stream.getSerialVersionUID());
    for (ObjectStreamField field : stream.getFields()) {
      text.append(' ')
          .append(field.getName())
          .append(':')
          .append(field.getType().getName());
    }
    return text.toString();
  }

  private static String sha256(String text) {
    try {
      byte[] digest = MessageDigest.getInstance("SHA-256").digest(SimpleTypes.utf8(text));
      return HexFormat.of().formatHex(digest, 0, 8);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has SHA-256", e);
    }
  }
}
