package io.holdfast.jmx.console;

import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import javax.swing.table.AbstractTableModel;

/** The response caches as rows: how calls were answered since each was built, and what that saved. */
final class ResponseTable extends AbstractTableModel {

  private static final String[] COLUMNS = {
    "Response cache", "Hits", "Joined", "Computed", "Bypassed", "Time saved", "Money saved", "Now"
  };

  private record Row(String name, ResponseState state) {}

  private List<Row> rows = List.of();

  void show(SortedMap<String, ResponseState> states) {
    var newRows = new ArrayList<Row>();
    states.forEach((name, state) -> newRows.add(new Row(name, state)));
    if (newRows.size() == rows.size()) {
      rows = newRows;
      fireTableRowsUpdated(0, Math.max(0, rows.size() - 1)); // keeps the selection
    } else {
      rows = newRows;
      fireTableDataChanged();
    }
  }

  @Override
  public int getRowCount() {
    return rows.size();
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
    String name = rows.get(row).name();
    ResponseState state = rows.get(row).state();
    return switch (column) {
      case 0 -> name;
      case 1 -> count(state, "HitCount");
      case 2 -> count(state, "CoalescedCount");
      case 3 -> count(state, "MissCount");
      case 4 -> count(state, "BypassedCount");
      case 5 -> ResponseState.savedTime(List.of(state));
      case 6 -> ResponseState.savedMoney(List.of(state));
      default ->
        state.bypassed() ? "cache left alone" : count(state, "InFlightCount") + " under way";
    };
  }

  private static String count(ResponseState state, String attribute) {
    double number = state.numbers().get(attribute);
    return Double.isNaN(number) ? "–" : Long.toString((long) number);
  }
}
