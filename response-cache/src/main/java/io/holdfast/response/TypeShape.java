package io.holdfast.response;

import java.lang.reflect.GenericArrayType;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.util.HashSet;
import java.util.Set;

/**
 * What a Java type looks like from outside: the components of a record with their types, the
 * constants of an enum, both all the way down; the name of any other class. The record's own name is
 * left out, so that moving it to another package keeps the stored answers.
 *
 * @param text one line, equal exactly for equal shapes
 */
record TypeShape(String text) {

  static TypeShape of(Type type) {
    var text = new StringBuilder();
    append(type, text, new HashSet<>());
    return new TypeShape(text.toString());
  }

  /** Twelve hexadecimal digits. */
  String hash() {
    return TextHash.sha256(text).substring(0, 12);
  }

  private static void append(Type type, StringBuilder text, Set<Class<?>> open) {
    if (type instanceof ParameterizedType generic) {
      append(generic.getRawType(), text, open);
      text.append('<');
      for (Type argument : generic.getActualTypeArguments()) {
        append(argument, text, open);
        text.append(',');
      }
      text.append('>');
    } else if (type instanceof GenericArrayType array) {
      append(array.getGenericComponentType(), text, open);
      text.append("[]");
    } else if (type instanceof Class<?> plain) {
      appendClass(plain, text, open);
    } else {
      text.append(type.getTypeName());
    }
  }

  private static void appendClass(Class<?> type, StringBuilder text, Set<Class<?>> open) {
    if (type.isArray()) {
      appendClass(type.getComponentType(), text, open);
      text.append("[]");
    } else if (type.isRecord() && open.add(type)) {
      text.append("record(");
      for (RecordComponent component : type.getRecordComponents()) {
        text.append(component.getName()).append(' ');
        append(component.getGenericType(), text, open);
        text.append(',');
      }
      text.append(')');
      open.remove(type);
    } else if (type.isEnum()) {
      text.append("enum(");
      for (Object constant : type.getEnumConstants()) {
        text.append(((Enum<?>) constant).name()).append(',');
      }
      text.append(')');
    } else {
      // A record inside itself ends here too.
      text.append(type.getName());
    }
  }
}
