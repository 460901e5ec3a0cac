package io.holdfast.codec;

import java.lang.reflect.RecordComponent;
import java.util.Currency;
import java.util.HashSet;
import java.util.Locale;
import java.util.Set;

/**
 * The types whose objects cannot change: simple types, enums, records made of such types, and what
 * the user declares.
 */
final class ImmutableTypes {
  private final Set<Class<?>> declared;

  ImmutableTypes(Set<Class<?>> declared) {
    this.declared = Set.copyOf(declared);
  }

  boolean contains(Class<?> type) {
    return contains(type, new HashSet<>());
  }

  private boolean contains(Class<?> type, Set<Class<?>> inQuestion) {
    if (type.isPrimitive()
        || type.isEnum()
        || type == Currency.class
        || type == Locale.class
        || declared.contains(type)
        || SimpleTypes.findByType(type) != null) {
      return true;
    }
    if (!type.isRecord()) {
      return false;
    }
    if (!inQuestion.add(type)) {
      return true; // a record that holds its own kind: the rest of its components decides
    }
    for (RecordComponent component : type.getRecordComponents()) {
      if (!contains(component.getType(), inQuestion)) {
        return false;
      }
    }
    return true;
  }
}
