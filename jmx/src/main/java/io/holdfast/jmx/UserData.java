package io.holdfast.jmx;

import java.util.LinkedHashMap;
import java.util.Map;
import javax.management.openmbean.CompositeData;
import javax.management.openmbean.CompositeDataSupport;
import javax.management.openmbean.CompositeType;
import javax.management.openmbean.OpenDataException;
import javax.management.openmbean.OpenType;
import javax.management.openmbean.SimpleType;

/**
 * The user data of a notification in the making: numbers and texts under names. Open types, as no class
 * of ours is on a remote client's class path.
 */
final class UserData {

  private final String type;
  private final String description;
  private final Map<String, Object> items = new LinkedHashMap<>();

  UserData(String type, String description) {
    this.type = type;
    this.description = description;
  }

  UserData with(String name, long value) {
    items.put(name, value);
    return this;
  }

  UserData with(String name, String value) {
    items.put(name, value);
    return this;
  }

  CompositeData toCompositeData() {
    String[] names = items.keySet().toArray(String[]::new);
    OpenType<?>[] types = items.values().stream()
        .map(value -> value instanceof Long ? SimpleType.LONG : SimpleType.STRING)
        .toArray(OpenType<?>[]::new);
    try {
      return new CompositeDataSupport(
          new CompositeType(type, description, names, names, types), Map.copyOf(items));
    } catch (OpenDataException e) {
      throw new IllegalStateException("names and types come from one map", e);
    }
  }
}
