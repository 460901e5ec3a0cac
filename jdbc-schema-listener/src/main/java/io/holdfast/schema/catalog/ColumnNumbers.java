package io.holdfast.schema.catalog;

import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Columns of one table by the numbers that the server tells them apart by. */
final class ColumnNumbers {

  private ColumnNumbers() {}

  /** New names by old names, of the columns that kept their number and not their name. */
  static Map<String, String> renamed(
      @Nullable ObservedTable before, @Nullable ObservedTable after) {
    if (before == null || after == null) {
      return Map.of();
    }
    var nameNow = new HashMap<Integer, String>();
    after.columnNumbers().forEach((name, number) -> nameNow.put(number, name));
    var renamed = new HashMap<String, String>();
    before.columnNumbers().forEach((name, number) -> {
      String now = nameNow.get(number);
      if (now != null && !now.equals(name)) {
        renamed.put(name, now);
      }
    });
    return renamed;
  }
}
