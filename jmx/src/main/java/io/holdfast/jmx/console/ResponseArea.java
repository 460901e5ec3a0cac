package io.holdfast.jmx.console;

import java.awt.BorderLayout;
import java.awt.Dimension;
import java.awt.Font;
import java.util.SortedMap;
import javax.swing.JLabel;
import javax.swing.JPanel;
import javax.swing.JScrollPane;
import javax.swing.JTable;

/** The response caches, one a row; takes no room where there are none. */
final class ResponseArea extends JPanel {

  private static final int MOST_ROWS = 3;
  private static final int[] WIDTHS = {180, 70, 70, 70, 70, 90, 130, 120};

  private final ResponseTable rows = new ResponseTable();
  private final JLabel title = new JLabel();
  private final JTable table = new JTable(rows);
  private final JScrollPane scroller = new JScrollPane(table);

  ResponseArea() {
    super(new BorderLayout(0, 2));
    title.setFont(title.getFont().deriveFont(Font.BOLD, 12f));
    add(title, BorderLayout.NORTH);
    table.setFont(table.getFont().deriveFont(12f));
    table.setRowHeight(table.getFontMetrics(table.getFont()).getHeight() + 3);
    for (int i = 0; i < WIDTHS.length; i++) {
      table.getColumnModel().getColumn(i).setPreferredWidth(WIDTHS[i]);
    }
    table.getAccessibleContext().setAccessibleName("Response caches");
    add(scroller, BorderLayout.CENTER);
    setVisible(false);
  }

  void show(SortedMap<String, ResponseState> states) {
    rows.show(states);
    title.setText("Response caches: " + ResponseState.savedTime(states.values())
        + " of computing saved, money: " + ResponseState.savedMoney(states.values()));
    int header = table.getTableHeader().getPreferredSize().height;
    int shown = Math.min(states.size(), MOST_ROWS);
    scroller.setPreferredSize(new Dimension(300, header + shown * table.getRowHeight() + 4));
    setVisible(!states.isEmpty());
    revalidate();
  }
}
