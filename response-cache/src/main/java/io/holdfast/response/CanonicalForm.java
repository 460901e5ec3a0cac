package io.holdfast.response;

import java.lang.reflect.InaccessibleObjectException;
import java.lang.reflect.Method;
import java.lang.reflect.RecordComponent;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * One text per value, injective over everything it accepts: each value is written as a type tag, the
 * length of its text, and the text.
 *
 * <p>The problem with joining parts by a separator is that ("a", "bc") and ("ab", "c") meet, and with
 * {@code toString} that 1, 1L, "1" and 1.0 do. Lengths and tags keep them apart, so the hash of the
 * text can stand for the value. Integers of every width are one type, as are float and double;
 * strings are taken as they are, neither trimmed nor normalised; maps are sorted by key, lists keep
 * their order, sets have none and are sorted by their elements' canonical texts; a record is its class
 * and its components. What is not listed here is refused: an ambiguous key is worse than no key.
 */
final class CanonicalForm {

  // Deep enough for any JSON schema; a list inside itself ends here instead of with the stack.
  private static final int MAX_DEPTH = 64;

  // Enough for all but the long texts, of which each brings its own room.
  private static final int ROOM_CHARACTERS = 256;

  private final StringBuilder text = new StringBuilder(ROOM_CHARACTERS);
  private int depth;

  /** Adds named values that stand for themselves, told apart from any {@link #add added} ones. */
  CanonicalForm addNamed(Map<String, ?> values) {
    addEntries('r', "", values);
    return this;
  }

  /**
   * Adds a value.
   *
   * @throws UnsupportedKeyPartException if it has no canonical form
   */
  CanonicalForm add(@Nullable Object value) {
    if (value == null) {
      tagged('n', "");
    } else if (value instanceof CharSequence characters) {
      tagged('s', characters.toString());
    } else if (value instanceof Boolean) {
      tagged('b', value.toString());
    } else if (value instanceof Character) {
      tagged('c', value.toString());
    } else if (value instanceof Number number) {
      addNumber(number);
    } else if (value instanceof Enum<?> constant) {
      // getDeclaringClass: a constant with a body is of an anonymous subclass.
      tagged('e', constant.getDeclaringClass().getName() + "#" + constant.name());
    } else if (value instanceof UUID) {
      tagged('u', value.toString());
    } else if (value instanceof byte[] bytes) {
      tagged('x', HexFormat.of().formatHex(bytes));
    } else {
      addCompound(value);
    }
    return this;
  }

  private void addNumber(Number number) {
    if (number instanceof Long
        || number instanceof Integer
        || number instanceof Short
        || number instanceof Byte
        || number.getClass() == BigInteger.class) {
      tagged('i', number.toString());
    } else if (number instanceof Double || number instanceof Float) {
      // A float by its own digits: 0.1f is what the caller wrote, 0.10000000149 is not.
      double value = number instanceof Double exact ? exact : Double.parseDouble(number.toString());
      if (Double.isNaN(value)) {
        throw new UnsupportedKeyPartException("NaN");
      }
      tagged('d', Double.toString(value == 0.0 ? 0.0 : value));
    } else if (number.getClass() == BigDecimal.class) {
      tagged('m', number.toString());
    } else {
      throw new UnsupportedKeyPartException(number.getClass().getName());
    }
  }

  private void addCompound(Object value) {
    if (value instanceof List<?> list) {
      addList(list);
    } else if (value instanceof Map<?, ?> map) {
      addEntries('o', "", map);
    } else if (value instanceof Set<?> set) {
      addSet(set);
    } else if (value instanceof Object[] array) {
      addList(Arrays.asList(array));
    } else if (value instanceof Record fields) {
      addEntries('k', fields.getClass().getName() + "#", components(fields));
    } else {
      throw new UnsupportedKeyPartException(value.getClass().getName());
    }
  }

  private void addList(List<?> list) {
    int begin = begin('l');
    for (Object value : list) {
      add(value);
    }
    end(begin);
  }

  private void addSet(Set<?> set) {
    var texts = new ArrayList<String>(set.size());
    int begin = begin('t');
    for (Object value : set) {
      add(value);
      texts.add(text.substring(begin));
      text.setLength(begin);
    }
    texts.sort(null);
    texts.forEach(text::append);
    end(begin);
  }

  private void addEntries(char tag, String title, Map<?, ?> map) {
    int begin = begin(tag);
    text.append(title);
    for (String name : sortedNames(map)) {
      tagged('s', name);
      add(map.get(name));
    }
    end(begin);
  }

  private static String[] sortedNames(Map<?, ?> map) {
    var names = new String[map.size()];
    int count = 0;
    for (Object key : map.keySet()) {
      if (!(key instanceof String name)) {
        throw new UnsupportedKeyPartException(
            "map key of " + (key == null ? "null" : key.getClass().getName()));
      }
      names[count++] = name;
    }
    Arrays.sort(names);
    return names;
  }

  private static Map<String, @Nullable Object> components(Record fields) {
    var values = new TreeMap<String, @Nullable Object>();
    for (RecordComponent component : fields.getClass().getRecordComponents()) {
      try {
        Method accessor = component.getAccessor();
        accessor.setAccessible(true); // the record need not be public
        values.put(component.getName(), accessor.invoke(fields));
      } catch (ReflectiveOperationException | InaccessibleObjectException e) {
        throw new UnsupportedKeyPartException(fields.getClass().getName());
      }
    }
    return values;
  }

  private void tagged(char tag, String content) {
    if (content.length() > ROOM_CHARACTERS) {
      // At once, instead of by doublings and copies.
      text.ensureCapacity(text.length() + content.length() + ROOM_CHARACTERS);
    }
    text.append(tag).append(content.length()).append(':').append(content);
  }

  // What follows is the content of a value until its end is told.
  private int begin(char tag) {
    if (++depth > MAX_DEPTH) {
      throw new UnsupportedKeyPartException("nesting deeper than " + MAX_DEPTH);
    }
    text.append(tag);
    return text.length();
  }

  private void end(int begin) {
    depth--;
    text.insert(begin, text.length() - begin + ":");
  }

  String text() {
    return text.toString();
  }

  int length() {
    return text.length();
  }

  /** Takes back what was added since it was this long. */
  void truncate(int length) {
    text.setLength(length);
    depth = 0;
  }

  /** A value that has no canonical form. */
  static final class UnsupportedKeyPartException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    UnsupportedKeyPartException(String type) {
      super(type);
    }
  }
}
