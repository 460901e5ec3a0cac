package io.holdfast.docs.profile;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The values of one column among the rows read.
 *
 * @param name the column
 * @param family what kind of values it holds
 * @param nulls rows without a value
 * @param distinct different values, or null where the database cannot compare them
 * @param minimum smallest value, or null; for texts the shortest length in characters
 * @param maximum largest value, or null; for texts the longest length in characters
 * @param values frequent values with their counts, or examples with count 0
 */
public record ColumnProfile(
    String name,
    ValueFamily family,
    long nulls,
    @Nullable Long distinct,
    @Nullable String minimum,
    @Nullable String maximum,
    List<ValueCount> values) {

  public ColumnProfile {
    values = List.copyOf(values);
  }

  /** Whether no two of the rows read share a value, nulls aside. */
  public boolean isUnique(long rowsRead) {
    return distinct != null && distinct > 0 && distinct == rowsRead - nulls;
  }

  /** Whether {@link #values} are the frequent ones rather than examples. */
  public boolean hasFrequentValues() {
    return !values.isEmpty() && values.get(0).count() > 0;
  }

  ColumnProfile withValues(List<ValueCount> found) {
    return new ColumnProfile(name, family, nulls, distinct, minimum, maximum, found);
  }

  /**
   * One value as text, shortened.
   *
   * @param count rows that hold it, or 0 for a mere example
   */
  public record ValueCount(String value, long count) {}
}
