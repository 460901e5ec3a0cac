package io.holdfast.codec;

import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * The classes that Java serialisation may write and read: the value and collection types of the JDK,
 * the types a cache is declared with and the classes their fields name, and what the user adds.
 *
 * <p>Writing is checked as strictly as reading, so that nothing enters the file that could not leave
 * it. Immutable; safe from any thread.
 */
final class AllowList {
  /** Types of the JDK that hold values and call nothing when read. URL is left out: its hash asks the network. */
  private static final Set<String> PLATFORM = Set.of(
      "java.io.Serializable", // as the type of an array, whose elements are checked each
      "java.lang.Boolean",
      "java.lang.Byte",
      "java.lang.Character",
      "java.lang.Double",
      "java.lang.Enum",
      "java.lang.Float",
      "java.lang.Integer",
      "java.lang.Long",
      "java.lang.Number",
      "java.lang.Object",
      "java.lang.Record",
      "java.lang.Short",
      "java.lang.String",
      "java.lang.String$CaseInsensitiveComparator",
      "java.lang.StackTraceElement",
      "java.lang.StringBuffer",
      "java.lang.StringBuilder",
      "java.math.BigDecimal",
      "java.math.BigInteger",
      "java.math.MathContext",
      "java.math.RoundingMode",
      "java.net.URI",
      "java.sql.Date",
      "java.sql.Time",
      "java.sql.Timestamp",
      "java.util.AbstractMap$SimpleEntry",
      "java.util.AbstractMap$SimpleImmutableEntry",
      "java.util.ArrayDeque",
      "java.util.ArrayList",
      "java.util.Arrays$ArrayList",
      "java.util.BitSet",
      "java.util.CollSer",
      "java.util.Currency",
      "java.util.Date",
      "java.util.EnumMap",
      "java.util.EnumSet",
      "java.util.EnumSet$SerializationProxy",
      "java.util.GregorianCalendar",
      "java.util.Calendar",
      "java.util.HashMap",
      "java.util.HashSet",
      "java.util.Hashtable",
      "java.util.JumboEnumSet",
      "java.util.RegularEnumSet",
      "java.util.IdentityHashMap",
      "java.util.LinkedHashMap",
      "java.util.LinkedHashSet",
      "java.util.LinkedList",
      "java.util.Locale",
      "java.util.Map$Entry", // hash tables ask for the array type of their buckets
      "java.util.Properties",
      "java.util.SimpleTimeZone",
      "java.util.TimeZone",
      "java.util.TreeMap",
      "java.util.TreeSet",
      "java.util.UUID",
      "java.util.Vector",
      "java.util.concurrent.ConcurrentHashMap",
      "java.util.concurrent.ConcurrentHashMap$Segment",
      "java.util.concurrent.ConcurrentLinkedDeque",
      "java.util.concurrent.ConcurrentLinkedQueue",
      "java.util.concurrent.ConcurrentSkipListMap",
      "java.util.concurrent.ConcurrentSkipListSet",
      "java.util.concurrent.CopyOnWriteArrayList",
      "java.util.concurrent.CopyOnWriteArraySet",
      "java.util.concurrent.TimeUnit",
      "java.util.concurrent.locks.AbstractOwnableSynchronizer",
      "java.util.concurrent.locks.AbstractQueuedSynchronizer",
      "java.util.concurrent.locks.ReentrantLock",
      "java.util.concurrent.locks.ReentrantLock$NonfairSync",
      "java.util.concurrent.locks.ReentrantLock$Sync",
      "java.util.concurrent.atomic.AtomicBoolean",
      "java.util.concurrent.atomic.AtomicInteger",
      "java.util.concurrent.atomic.AtomicLong",
      "sun.util.calendar.ZoneInfo");

  /** {@code Collections.unmodifiableList(…)}, {@code List.of(…)}, {@code java.time}, and their like. */
  private static final List<String> PLATFORM_FAMILIES =
      List.of("java.util.Collections$", "java.util.ImmutableCollections$", "java.time.");

  private final Set<String> names;
  private final Set<String> packages;
  private final Set<String> trees;

  private AllowList(Set<String> names, Set<String> packages, Set<String> trees) {
    this.names = Set.copyOf(names);
    this.packages = Set.copyOf(packages);
    this.trees = Set.copyOf(trees);
  }

  /**
   * An allow-list of patterns beside the JDK's types.
   *
   * @param patterns class names, {@code com.acme.*} for a package, {@code com.acme.**} for a package
   *     and those below it
   */
  static AllowList of(Iterable<String> patterns) {
    Set<String> names = new HashSet<>(PLATFORM);
    Set<String> packages = new HashSet<>();
    Set<String> trees = new HashSet<>();
    for (String pattern : patterns) {
      if (pattern.endsWith(".**")) {
        trees.add(pattern.substring(0, pattern.length() - 2));
      } else if (pattern.endsWith(".*")) {
        packages.add(pattern.substring(0, pattern.length() - 2));
      } else if (pattern.isBlank() || pattern.contains("*")) {
        throw new IllegalArgumentException(
            "not a class name, package.* or package.**: '" + pattern + "'");
      } else {
        names.add(pattern);
      }
    }
    return new AllowList(names, packages, trees);
  }

  /** This list and a type with everything its fields name. */
  AllowList with(TypeShape shape) {
    Set<String> more = new HashSet<>(names);
    for (Class<?> type : shape.types()) {
      more.add(type.getName());
    }
    return new AllowList(more, packages, trees);
  }

  boolean allows(Class<?> type) {
    Class<?> element = type;
    while (element.isArray()) {
      element = element.componentType();
    }
    return element.isPrimitive() || allowsName(element.getName());
  }

  boolean allowsName(String name) {
    if (names.contains(name) || packages.contains(packageOf(name))) {
      return true;
    }
    return startsWithAny(name, PLATFORM_FAMILIES) || startsWithAny(name, trees);
  }

  private static boolean startsWithAny(String name, Iterable<String> prefixes) {
    for (String prefix : prefixes) {
      if (name.startsWith(prefix)) {
        return true;
      }
    }
    return false;
  }

  private static String packageOf(String name) {
    int dot = name.lastIndexOf('.');
    return dot < 0 ? "" : name.substring(0, dot);
  }
}
