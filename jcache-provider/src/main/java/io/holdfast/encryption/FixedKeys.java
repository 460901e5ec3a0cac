package io.holdfast.encryption;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Keys that never change. */
record FixedKeys(ValueKey current, Map<String, ValueKey> known) implements ValueKeys {

  @Override
  public @Nullable ValueKey find(String id) {
    return known.get(id);
  }

  /** Tells nothing. */
  @Override
  public String toString() {
    return "ValueKeys";
  }
}
