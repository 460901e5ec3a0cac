package io.holdfast.docs.profile;

import java.time.Duration;

/**
 * How much work a profile may be.
 *
 * @param perTable time for all queries of one table; what is unfinished by then is cancelled and
 *     left out
 * @param sampleRows how many rows to read at most; of a larger table only so many are looked at
 * @param frequentValues how many values to list for one column
 * @param showValues whether values, ranges and examples may leave the database at all
 */
public record ProfileSettings(
    Duration perTable, int sampleRows, int frequentValues, boolean showValues) {

  /** Half a minute and a hundred thousand rows for each table, five values for each column. */
  public static final ProfileSettings DEFAULT =
      new ProfileSettings(Duration.ofSeconds(30), 100_000, 5, true);

  public ProfileSettings {
    if (perTable.isNegative() || perTable.isZero()) {
      throw new IllegalArgumentException("perTable must be positive: " + perTable);
    }
    if (sampleRows < 1) {
      throw new IllegalArgumentException("sampleRows must be positive: " + sampleRows);
    }
    if (frequentValues < 1) {
      throw new IllegalArgumentException("frequentValues must be positive: " + frequentValues);
    }
  }

  /** What of these settings can change a profile, as a short text for a cache key. */
  public String fingerprint() {
    return "time=" + perTable.toMillis() + ",rows=" + sampleRows + ",values="
        + (showValues ? frequentValues : 0);
  }
}
