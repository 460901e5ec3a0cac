package io.holdfast.jmx.console;

import java.awt.BorderLayout;
import java.awt.Color;
import java.awt.Component;
import java.awt.Dimension;
import java.awt.Font;
import java.awt.Graphics;
import java.util.List;
import java.util.stream.IntStream;
import javax.swing.BorderFactory;
import javax.swing.DefaultListModel;
import javax.swing.Icon;
import javax.swing.JLabel;
import javax.swing.JList;
import javax.swing.JPanel;
import javax.swing.JScrollPane;
import javax.swing.ListCellRenderer;
import javax.swing.ListSelectionModel;
import org.jspecify.annotations.Nullable;

/** Beans of one kind, one a row with its colour and its main figure; one of them is selected. */
final class NameList extends JPanel {

  /**
   * A row.
   *
   * @param name the bean's name
   * @param figure what stands at the right end
   */
  record Row(String name, String figure, Color color) {}

  private final DefaultListModel<Row> model = new DefaultListModel<>();
  private final JList<Row> list = new JList<>(model);

  /** Calls back whenever the user selects another row. */
  NameList(String title, Runnable selected) {
    super(new BorderLayout(0, 2));
    var heading = new JLabel(title);
    heading.setFont(heading.getFont().deriveFont(Font.BOLD, 12f));
    heading.setLabelFor(list);
    add(heading, BorderLayout.NORTH);
    list.setSelectionMode(ListSelectionModel.SINGLE_SELECTION);
    list.setCellRenderer(new RowRenderer());
    list.getAccessibleContext().setAccessibleName(title);
    list.addListSelectionListener(event -> {
      if (!event.getValueIsAdjusting()) {
        selected.run();
      }
    });
    var scroller = new JScrollPane(list);
    scroller.setPreferredSize(new Dimension(190, 100));
    add(scroller, BorderLayout.CENTER);
  }

  /** Shows these rows; keeps the selection by name, and selects the first row if there is none. */
  void show(List<Row> rows) {
    boolean sameNames = rows.size() == model.size()
        && IntStream.range(0, rows.size())
            .allMatch(i -> rows.get(i).name().equals(model.get(i).name()));
    if (sameNames) {
      IntStream.range(0, rows.size()).forEach(i -> model.set(i, rows.get(i)));
      return;
    }
    String selected = selected();
    model.clear();
    model.addAll(rows);
    int index = IntStream.range(0, rows.size())
        .filter(i -> rows.get(i).name().equals(selected))
        .findFirst()
        .orElse(0);
    list.setSelectedIndex(index);
  }

  /** The name in the selected row, null if there is no row. */
  @Nullable
  String selected() {
    Row row = list.getSelectedValue();
    return row == null ? null : row.name();
  }

  boolean isFirstSelected() {
    return list.getSelectedIndex() == 0;
  }

  private static final class RowRenderer implements ListCellRenderer<Row> {
    private final JPanel cell = new JPanel(new BorderLayout(8, 0));
    private final JLabel name = new JLabel();
    private final JLabel figure = new JLabel();

    RowRenderer() {
      cell.setBorder(BorderFactory.createEmptyBorder(2, 4, 2, 6));
      name.setFont(name.getFont().deriveFont(Font.PLAIN, 12f));
      // Names are the application's: never markup.
      name.putClientProperty("html.disable", true);
      figure.setFont(figure.getFont().deriveFont(Font.PLAIN, 11f));
      cell.add(name, BorderLayout.CENTER);
      cell.add(figure, BorderLayout.EAST);
    }

    @Override
    public Component getListCellRendererComponent(
        JList<? extends Row> list, Row row, int index, boolean isSelected, boolean hasFocus) {
      name.setText(row.name().isBlank() ? "(blank)" : row.name());
      name.setIcon(new Swatch(row.color()));
      figure.setText(row.figure());
      Color text = isSelected ? list.getSelectionForeground() : list.getForeground();
      name.setForeground(text);
      figure.setForeground(text);
      cell.setBackground(isSelected ? list.getSelectionBackground() : list.getBackground());
      return cell;
    }
  }

  private record Swatch(Color color) implements Icon {
    @Override
    public void paintIcon(Component on, Graphics graphics, int x, int y) {
      graphics.setColor(color);
      graphics.fillRoundRect(x, y, 10, 10, 4, 4);
    }

    @Override
    public int getIconWidth() {
      return 10;
    }

    @Override
    public int getIconHeight() {
      return 10;
    }
  }
}
