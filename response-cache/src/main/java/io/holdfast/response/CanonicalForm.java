package io.holdfast.response;

import java.lang.reflect.InaccessibleObjectException;
import java.lang.reflect.Method;
import java.lang.reflect.RecordComponent;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Objects;
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

  private final StringBuilder text = new StringBuilder();
  private final int depth;

  CanonicalForm() {
    this(0);
  }

  private CanonicalForm(int depth) {
    if (depth > MAX_DEPTH) {
      throw new UnsupportedKeyPartException("nesting deeper than " + MAX_DEPTH);
    }
    this.depth = depth;
  }

  /** Adds named values that stand for themselves, told apart from any {@link #add added} ones. */
  CanonicalForm addNamed(Map<String, ?> values) {
    tagged('r', entries(values));
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
      double value = Double.parseDouble(number.toString());
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
      tagged('l', texts(list, /* sorted= */ false));
    } else if (value instanceof Map<?, ?> map) {
      tagged('o', entries(map));
    } else if (value instanceof java.util.Set<?> set) {
      tagged('t', texts(set, /* sorted= */ true));
    } else if (value instanceof Object[] array) {
      tagged('l', texts(java.util.Arrays.asList(array), /* sorted= */ false));
    } else if (value instanceof Record fields) {
      tagged('k', fields.getClass().getName() + "#" + entries(components(fields)));
    } else {
      throw new UnsupportedKeyPartException(value.getClass().getName());
    }
  }

  private String texts(Collection<?> values, boolean sorted) {
    var texts = new ArrayList<String>(values.size());
    for (Object value : values) {
      texts.add(new CanonicalForm(depth + 1).add(value).text());
    }
    if (sorted) {
      texts.sort(null);
    }
    return String.join("", texts);
  }

  private String entries(Map<?, ?> map) {
    var entries = new ArrayList<Map.Entry<String, String>>(map.size());
    for (Map.Entry<?, ?> entry : map.entrySet()) {
      if (!(entry.getKey() instanceof String name)) {
        throw new UnsupportedKeyPartException("map key of "
            + (entry.getKey() == null
                ? "null"
                : Objects.requireNonNull(entry.getKey()).getClass().getName()));
      }
      entries.add(
          Map.entry(name, new CanonicalForm(depth + 1).add(entry.getValue()).text()));
    }
    entries.sort(Map.Entry.comparingByKey());
    var form = new CanonicalForm();
    for (Map.Entry<String, String> entry : entries) {
      form.tagged('s', entry.getKey());
      form.text.append(entry.getValue());
    }
    return form.text();
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
    text.append(tag).append(content.length()).append(':').append(content);
  }

  String text() {
    return text.toString();
  }

  /** The hexadecimal SHA-256 of the text's UTF-16 code units, so that lone surrogates differ too. */
  static String sha256(String text) {
    try {
      // Not getBytes: an encoder writes every lone surrogate as the same replacement character.
      ByteBuffer bytes = ByteBuffer.allocate(text.length() * Character.BYTES);
      bytes.asCharBuffer().put(text);
      byte[] digest = MessageDigest.getInstance("SHA-256").digest(bytes.array());
      return HexFormat.of().formatHex(digest);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has SHA-256", e);
    }
  }

  /** A value that has no canonical form. */
  static final class UnsupportedKeyPartException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    UnsupportedKeyPartException(String type) {
      super(type);
    }
  }
}
