package io.holdfast.jmx.console;

import java.time.ZoneId;
import java.util.List;
import javax.swing.table.AbstractTableModel;

/** The drifts as rows, newest first. */
final class DriftTable extends AbstractTableModel {

  private static final String[] COLUMNS = {"Time", "Database", "Change", "Made by"};

  private List<Drift> drifts = List.of();

  /** Shows these; tells the table only when something is new, so that a selection stays. */
  void show(List<Drift> newDrifts) {
    if (!drifts.equals(newDrifts)) {
      drifts = List.copyOf(newDrifts);
      fireTableDataChanged();
    }
  }

  @Override
  public int getRowCount() {
    return drifts.size();
  }

  @Override
  public int getColumnCount() {
    return COLUMNS.length;
  }

  @Override
  public String getColumnName(int column) {
    return COLUMNS[column];
  }

  @Override
  public Object getValueAt(int row, int column) {
    Drift drift = drifts.get(row);
    return switch (column) {
      case 0 -> TimeSpan.time(drift.atMillis(), ZoneId.systemDefault(), "MM-dd HH:mm:ss");
      case 1 -> drift.database();
      case 2 -> drift.summary();
      default -> drift.outside() ? "another session" : "this application";
    };
  }
}
