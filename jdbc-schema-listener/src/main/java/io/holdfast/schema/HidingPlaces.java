package io.holdfast.schema;

import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Where DDL hides from whoever reads the text of a statement: functions that run it, and tables whose
 * triggers do. Immutable but for a small memory of texts; safe from any thread.
 */
final class HidingPlaces {

  /** No place, as in most databases: asking costs a look at the first letters. */
  static final HidingPlaces NONE = new HidingPlaces(Set.of());

  private static final int REMEMBERED_TEXTS = 1_000;
  private static final int LONGEST_REMEMBERED = 4_000;
  private static final Pattern WORD = Pattern.compile("[\\p{L}_][\\p{L}\\p{N}_$]*");
  private static final Pattern MAKES_ONE = Pattern.compile(
      "\\b(?:function|procedure|trigger|extension|alias)\\b", Pattern.CASE_INSENSITIVE);

  private final Set<String> names;
  private final Map<String, Boolean> remembered = new ConcurrentHashMap<>();

  /** Places by their names in lower case. */
  HidingPlaces(Set<String> names) {
    this.names = Set.copyOf(names);
  }

  boolean isSame(Set<String> others) {
    return names.equals(others);
  }

  /** Whether running the text may run DDL that it does not show, or makes a place for that. */
  boolean mayHideDdl(String sql) {
    if (names.isEmpty()) {
      return makesPlace(sql);
    }
    if (sql.length() > LONGEST_REMEMBERED) {
      return judge(sql);
    }
    Boolean known = remembered.get(sql);
    if (known == null) {
      if (remembered.size() >= REMEMBERED_TEXTS) {
        remembered.clear();
      }
      known = judge(sql);
      remembered.put(sql, known);
    }
    return known;
  }

  private boolean judge(String sql) {
    Matcher word = WORD.matcher(sql);
    while (word.find()) {
      if (names.contains(word.group().toLowerCase(Locale.ROOT))) {
        return true;
      }
    }
    return makesPlace(sql);
  }

  private static boolean makesPlace(String sql) {
    int i = 0;
    while (i < sql.length() && sql.charAt(i) <= ' ') {
      i++;
    }
    return sql.regionMatches(/* ignoreCase= */ true, i, "create", 0, 6)
        && MAKES_ONE.matcher(sql).find();
  }
}
