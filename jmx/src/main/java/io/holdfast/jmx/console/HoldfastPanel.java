package io.holdfast.jmx.console;

import java.awt.BorderLayout;
import java.awt.Dimension;
import java.awt.Font;
import java.awt.GridLayout;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import javax.swing.BorderFactory;
import javax.swing.JComboBox;
import javax.swing.JLabel;
import javax.swing.JPanel;
import javax.swing.JScrollPane;
import javax.swing.JTable;
import org.jspecify.annotations.Nullable;

/** The tab: what there is on the left, four charts, below them response caches and drifts. */
final class HoldfastPanel extends JPanel {

  private static final String ALL_CACHES = "All caches";

  /** A stretch of time to choose. */
  private record Window(String label, long millis) {
    @Override
    public String toString() {
      return label;
    }
  }

  private final History history;
  private final NameList caches = new NameList("Caches (hit ratio)", this::refresh);
  private final NameList files = new NameList("Cache files (size)", this::refresh);
  private final NameList databases = new NameList("Databases (tables)", this::refresh);
  private final LineChart hitRatio = new LineChart("Hit ratio", Unit.PERCENT, "no look-ups yet");
  private final LineChart lookUps =
      new LineChart("Look-ups", Unit.PER_SECOND, "waiting for a second reading");
  private final LineChart sizes = new LineChart("File size", Unit.BYTES, "no cache file");
  private final LineChart latency =
      new LineChart("Latency", Unit.MICROS, "nothing read or written yet");
  private final DriftTimeline timeline = new DriftTimeline();
  private final DriftTable driftRows = new DriftTable();
  private final JLabel driftTitle = new JLabel();
  private final JLabel knowledge = new JLabel();
  private final ResponseArea responses = new ResponseArea();
  private final JLabel status = new JLabel("Waiting for the first answer …");
  private final JComboBox<Window> window = new JComboBox<>(new Window[] {
    new Window("last 10 minutes", 600_000),
    new Window("last 30 minutes", 1_800_000),
    new Window("last 2 hours", 7_200_000)
  });
  private boolean refreshing;

  HoldfastPanel(History history) {
    super(new BorderLayout(8, 6));
    this.history = history;
    setBorder(BorderFactory.createEmptyBorder(8, 8, 6, 8));
    add(side(), BorderLayout.WEST);
    var middle = new JPanel(new BorderLayout(6, 6));
    middle.add(charts(), BorderLayout.CENTER);
    var tables = new JPanel(new BorderLayout(0, 6));
    tables.add(responses, BorderLayout.NORTH);
    tables.add(driftArea(), BorderLayout.CENTER);
    middle.add(tables, BorderLayout.SOUTH);
    add(middle, BorderLayout.CENTER);
    add(footer(), BorderLayout.SOUTH);
    window.addActionListener(event -> refresh());
    refresh();
  }

  private JPanel side() {
    var side = new JPanel(new GridLayout(3, 1, 0, 8));
    side.add(caches);
    side.add(files);
    side.add(databases);
    side.setPreferredSize(new Dimension(210, 100));
    return side;
  }

  private JPanel charts() {
    var charts = new JPanel(new GridLayout(2, 2, 6, 6));
    charts.add(hitRatio);
    charts.add(lookUps);
    charts.add(sizes);
    charts.add(latency);
    return charts;
  }

  private JPanel driftArea() {
    var area = new JPanel(new BorderLayout(0, 2));
    driftTitle.setFont(driftTitle.getFont().deriveFont(Font.BOLD, 12f));
    // Names in it are the application's: never markup.
    knowledge.putClientProperty("html.disable", true);
    knowledge.setFont(knowledge.getFont().deriveFont(Font.PLAIN, 12f));
    var titles = new JPanel(new BorderLayout(12, 0));
    titles.add(driftTitle, BorderLayout.NORTH);
    titles.add(knowledge, BorderLayout.SOUTH);
    var top = new JPanel(new BorderLayout(0, 2));
    top.add(titles, BorderLayout.NORTH);
    top.add(timeline, BorderLayout.CENTER);
    area.add(top, BorderLayout.NORTH);
    var table = new JTable(driftRows);
    table.setFont(table.getFont().deriveFont(12f));
    table.setRowHeight(table.getFontMetrics(table.getFont()).getHeight() + 3);
    int[] widths = {110, 90, 420, 110};
    for (int i = 0; i < widths.length; i++) {
      table.getColumnModel().getColumn(i).setPreferredWidth(widths[i]);
    }
    table.getAccessibleContext().setAccessibleName("Schema drifts");
    var scroller = new JScrollPane(table);
    scroller.setPreferredSize(new Dimension(300, 90));
    area.add(scroller, BorderLayout.CENTER);
    return area;
  }

  private JPanel footer() {
    var footer = new JPanel(new BorderLayout(8, 0));
    status.setFont(status.getFont().deriveFont(Font.PLAIN, 12f));
    window.setFont(window.getFont().deriveFont(Font.PLAIN, 12f));
    window.getAccessibleContext().setAccessibleName("Stretch of time");
    footer.add(status, BorderLayout.CENTER);
    footer.add(window, BorderLayout.EAST);
    return footer;
  }

  /** Shows what the history knows, and a line about the connection. */
  void refresh(String newStatus) {
    status.setText(newStatus);
    refresh();
  }

  private void refresh() {
    if (refreshing || history == null) {
      return; // a list that is being filled reports its selection, and so does one being made
    }
    refreshing = true;
    try {
      fillLists();
      drawCharts();
    } finally {
      refreshing = false;
    }
  }

  private void fillLists() {
    var cacheRows = new ArrayList<NameList.Row>();
    cacheRows.add(
        new NameList.Row(ALL_CACHES, ratio(history.allCaches().hitPercentage()), Palette.text()));
    List<String> names = history.cacheNames();
    for (int i = 0; i < names.size(); i++) {
      Series ratio = history.cache(names.get(i)).hitPercentage();
      cacheRows.add(new NameList.Row(names.get(i), ratio(ratio), Palette.ofLine(i)));
    }
    caches.show(cacheRows);
    files.show(history.fileNames().stream()
        .map(name -> new NameList.Row(name, size(history.file(name)), Palette.FILE))
        .toList());
    var databaseRows = new ArrayList<NameList.Row>();
    for (Map.Entry<String, DatabaseState> database : history.databases().entrySet()) {
      double tables = database.getValue().numbers().get("TablesWatched");
      databaseRows.add(new NameList.Row(
          database.getKey(), Double.isNaN(tables) ? "" : "" + (long) tables, Palette.OWN));
    }
    databases.show(databaseRows);
  }

  private static String ratio(Series series) {
    return Double.isNaN(series.last()) ? "–" : Unit.PERCENT.format(series.last());
  }

  private static String size(FileHistory file) {
    double bytes = file.of("FileBytes").last() + file.of("WalBytes").last();
    return Double.isNaN(bytes) ? "–" : Unit.BYTES.format(bytes);
  }

  private void drawCharts() {
    TimeSpan span = TimeSpan.of(history.firstMillis(), history.lastMillis(), chosenMillis());
    hitRatio.show("Hit ratio", span, ratioLines());
    String cache = caches.selected();
    CacheHistory chosen = history.allCaches();
    String whose = "all caches";
    if (cache != null && !caches.isFirstSelected()) {
      chosen = history.cache(cache);
      whose = cache;
    }
    lookUps.show(
        "Where look-ups of " + whose + " end",
        span,
        List.of(
            new Line("heap", Palette.HEAP, true, chosen.heapHits()),
            new Line("file", Palette.FILE, true, chosen.fileHits()),
            new Line("miss", Palette.MISS, true, chosen.misses())));
    drawFile(span, files.selected());
    List<Drift> drifts = history.drifts();
    driftTitle.setText(driftSummary(drifts));
    timeline.show(span, drifts);
    driftRows.show(drifts);
    String database = databases.selected();
    DatabaseState state = database == null ? null : history.databases().get(database);
    knowledge.setText(state == null ? "" : database + ": " + state.knowledge());
    responses.show(history.responses());
  }

  private long chosenMillis() {
    return window.getSelectedItem() instanceof Window chosen ? chosen.millis() : 600_000;
  }

  private List<Line> ratioLines() {
    var lines = new ArrayList<Line>();
    boolean all = caches.isFirstSelected();
    lines.add(new Line("all", Palette.text(), all, history.allCaches().hitPercentage()));
    List<String> names = history.cacheNames();
    for (int i = 0; i < names.size(); i++) {
      String name = names.get(i);
      var line = new Line(
          name,
          Palette.ofLine(i),
          !all && name.equals(caches.selected()),
          history.cache(name).hitPercentage());
      // The selected one first: a legend that is too long for its place ends early.
      lines.add(line.strong() ? 0 : lines.size(), line);
    }
    return lines;
  }

  private void drawFile(TimeSpan span, @Nullable String file) {
    if (file == null) {
      sizes.show("File size", span, List.of());
      latency.show("Latency", span, List.of());
      return;
    }
    FileHistory chosen = history.file(file);
    sizes.show(
        "Size of " + file,
        span,
        List.of(
            new Line("file", Palette.FILE, true, chosen.of("FileBytes")),
            new Line("log", Palette.LOG, true, chosen.of("WalBytes"))));
    latency.show(
        "Latency of " + file,
        span,
        List.of(
            new Line("read", Palette.HEAP, true, chosen.of("ReadLatencyMicrosP50")),
            new Line("p99", Palette.HEAP, false, chosen.of("ReadLatencyMicrosP99")),
            new Line("commit", Palette.MISS, true, chosen.of("CommitLatencyMicrosP50")),
            new Line("p99", Palette.MISS, false, chosen.of("CommitLatencyMicrosP99"))));
  }

  private static String driftSummary(List<Drift> drifts) {
    if (drifts.isEmpty()) {
      return "Schema drift: none seen";
    }
    long outside = drifts.stream().filter(Drift::outside).count();
    return "Schema drift: " + (drifts.size() - outside) + " by this application (round), " + outside
        + " by other sessions (diamond)";
  }
}
