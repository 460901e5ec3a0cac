package io.holdfast.docs.profile;

import java.util.List;
import java.util.Optional;

/**
 * The rows of one table as they were when they were looked at.
 *
 * @param rowCount rows in the table; a lower bound unless {@code rowCountExact}
 * @param rowCountExact whether the rows were counted to the end
 * @param rowsRead rows that the columns' numbers are about: all of them, or a sample
 * @param columns in the table's order
 * @param remarks what could not be found out, as sentences
 */
public record TableProfile(
    long rowCount,
    boolean rowCountExact,
    long rowsRead,
    List<ColumnProfile> columns,
    List<String> remarks) {

  public TableProfile {
    columns = List.copyOf(columns);
    remarks = List.copyOf(remarks);
  }

  /** Whether the columns' numbers are about some of the rows only. */
  public boolean isSample() {
    return !rowCountExact || rowsRead < rowCount;
  }

  /** The profile of this column. */
  public Optional<ColumnProfile> column(String name) {
    return columns.stream().filter(column -> column.name().equals(name)).findFirst();
  }
}
