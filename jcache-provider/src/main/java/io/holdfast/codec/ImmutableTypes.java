package io.holdfast.codec;

import java.lang.reflect.RecordComponent;
import java.time.ZoneId;
import java.util.Currency;
import java.util.HashSet;
import java.util.Locale;
import java.util.Set;

/**
 * The types whose objects cannot change: simple types, enums, records made of such types, sealed types
 * that only such types extend, and what the user declares.
 */
final class ImmutableTypes {
  private final Set<Class<?>> declared;

  /** Answers so far: whether an object may be shared is asked for each one that is kept. */
  private final ClassValue<Boolean> known = new ClassValue<>() {
    @Override
    protected Boolean computeValue(Class<?> type) {
      return contains(type, new HashSet<>());
    }
  };

  ImmutableTypes(Set<Class<?>> declared) {
    this.declared = Set.copyOf(declared);
  }

  boolean contains(Class<?> type) {
    return known.get(type);
  }

  private boolean contains(Class<?> type, Set<Class<?>> inQuestion) {
    if (type.isPrimitive()
        || Enum.class.isAssignableFrom(type)
        || ZoneId.class.isAssignableFrom(type)
        || type == Currency.class
        || type == Locale.class
        || declared.contains(type)
        || SimpleTypes.contains(type)) {
      return true;
    }
    if (!type.isRecord() && !isFilledByItsSubclassesAlone(type)) {
      return false;
    }
    if (!inQuestion.add(type)) {
      return true; // a type that holds its own kind: the rest of its parts decides
    }
    return type.isRecord()
        ? hasImmutableComponents(type, inQuestion)
        : hasImmutableSubclasses(type, inQuestion);
  }

  private static boolean isFilledByItsSubclassesAlone(Class<?> type) {
    // An abstract class may have fields of its own, an interface cannot.
    return type.isSealed() && type.isInterface();
  }

  private boolean hasImmutableComponents(Class<?> type, Set<Class<?>> inQuestion) {
    for (RecordComponent component : type.getRecordComponents()) {
      if (!contains(component.getType(), inQuestion)) {
        return false;
      }
    }
    return true;
  }

  private boolean hasImmutableSubclasses(Class<?> type, Set<Class<?>> inQuestion) {
    for (Class<?> permitted : type.getPermittedSubclasses()) {
      if (!contains(permitted, inQuestion)) {
        return false;
      }
    }
    return true;
  }
}
