package io.holdfast.docs.render;

import io.holdfast.docs.profile.ColumnProfile;
import io.holdfast.docs.profile.ColumnProfile.ValueCount;
import io.holdfast.docs.profile.TableProfile;
import io.holdfast.docs.profile.ValueFamily;
import io.holdfast.schema.TableStructure;
import io.holdfast.schema.TableStructure.Column;
import io.holdfast.schema.TableStructure.ForeignKey;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * The part of a table's page that is expensive and is kept: prose, columns, keys, profile. Depends on
 * the table itself only; what other tables have to say about it is added by {@link TablePage}.
 */
public final class TableBody {
  /** Raise it when a change here should replace the bodies that are kept. */
  public static final int VERSION = 1;

  private static final DateTimeFormatter MINUTE =
      DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm 'UTC'", Locale.ROOT).withZone(ZoneOffset.UTC);

  private final TableStructure table;
  private final TableProfile profile;

  private TableBody(TableStructure table, TableProfile profile) {
    this.table = table;
    this.profile = profile;
  }

  /**
   * Renders it.
   *
   * @param prose Markdown of the description
   * @param byline who wrote the prose, such as {@code the built-in writer}
   * @param at when the rows were looked at
   */
  public static String render(
      TableStructure table, TableProfile profile, String prose, String byline, Instant at) {
    var body = new TableBody(table, profile);
    return prose.strip() + "\n\n" + body.columns() + body.keys() + body.definition() + body.data(at)
        + "*Description by " + Markdown.text(byline) + ".*\n";
  }

  private String columns() {
    boolean comments = table.columns().stream().anyMatch(column -> column.comment() != null);
    var titles = new ArrayList<>(List.of("Column", "Type", "Null", "Default", "Key"));
    if (comments) {
      titles.add("Comment");
    }
    var page = new StringBuilder("## Columns\n\n").append(Markdown.head(titles));
    for (Column column : table.columns()) {
      var cells = new ArrayList<>(List.of(
          Markdown.code(column.name()),
          column.type().isEmpty() ? "" : Markdown.code(column.type()),
          column.nullable() ? "yes" : "no",
          preset(column),
          String.join(", ", keysOf(column))));
      if (comments) {
        cells.add(column.comment() == null ? "" : Markdown.text(column.comment()));
      }
      page.append(Markdown.row(cells));
    }
    return page.append('\n').toString();
  }

  private static String preset(Column column) {
    if (column.generation() != null) {
      return "*" + Markdown.text(column.generation()) + "*";
    }
    return column.defaultExpression() == null ? "" : Markdown.code(column.defaultExpression());
  }

  private List<String> keysOf(Column column) {
    var keys = new ArrayList<String>();
    if (table.primaryKey() != null && table.primaryKey().columns().contains(column.name())) {
      keys.add("primary");
    }
    if (table.uniques().stream().anyMatch(key -> key.columns().equals(List.of(column.name())))) {
      keys.add("unique");
    }
    for (ForeignKey foreign : table.foreignKeys()) {
      int position = foreign.columns().indexOf(column.name());
      if (position >= 0) {
        // Some catalogs leave the referenced columns out when they are the primary key.
        String to = position < foreign.referencedColumns().size()
            ? "." + foreign.referencedColumns().get(position)
            : "";
        keys.add("→ " + Markdown.code(foreign.references().name() + to));
      }
    }
    return keys;
  }

  private String keys() {
    var rows = new ArrayList<String>();
    if (table.primaryKey() != null && table.primaryKey().columns().size() > 1) {
      rows.add("Primary key: " + list(table.primaryKey().columns()));
    }
    table.uniques().stream()
        .filter(key -> key.columns().size() > 1)
        .forEach(key -> rows.add("Unique: " + list(key.columns())));
    table.checks().forEach(check -> rows.add("Check: " + Markdown.code(check.expression())));
    table
        .indexes()
        .forEach(index -> rows.add((index.unique() ? "Unique index " : "Index ")
            + Markdown.code(index.name()) + ": " + Markdown.code(index.definition())));
    table.extras().stream()
        .filter(extra -> !extra.kind().equals("type"))
        .forEach(extra ->
            rows.add(capitalised(Markdown.text(extra.kind())) + " " + Markdown.code(extra.name())));
    if (rows.isEmpty()) {
      return "";
    }
    return "## Keys, checks and indexes\n\n- " + String.join("\n- ", rows) + "\n\n";
  }

  private String definition() {
    String text = table.definition();
    if (text == null || text.isBlank()) {
      return "";
    }
    String fence = "```";
    while (text.contains(fence)) {
      fence += "`";
    }
    return "## Definition\n\n" + fence + "sql\n" + text.strip() + "\n" + fence + "\n\n";
  }

  private String data(Instant at) {
    var page = new StringBuilder("## Data\n\n")
        .append(profile.rowCountExact() ? "" : "At least ")
        .append(Markdown.count(profile.rowCount(), "row"))
        .append(", as of ")
        .append(MINUTE.format(at))
        .append('.');
    if (profile.isSample()) {
      page.append(" The table is large: the numbers below are about ")
          .append(Markdown.number(profile.rowsRead()))
          .append(" of its rows.");
    }
    page.append(" A snapshot: it is taken anew when the structure changes.\n\n");
    profile
        .remarks()
        .forEach(remark -> page.append("> ").append(Markdown.text(remark)).append("\n\n"));
    if (profile.rowsRead() == 0 || profile.columns().isEmpty()) {
      return page.toString();
    }
    page.append(Markdown.head(List.of("Column", ">Empty", ">Distinct", "Range", "Values")));
    profile
        .columns()
        .forEach(column -> page.append(Markdown.row(List.of(
            Markdown.code(column.name()),
            column.nulls() == 0 ? "–" : Markdown.share(column.nulls(), profile.rowsRead()),
            distinct(column),
            range(column),
            values(column)))));
    return page.append('\n').toString();
  }

  private String distinct(ColumnProfile column) {
    Long distinct = column.distinct();
    if (distinct == null) {
      return "";
    }
    return column.isUnique(profile.rowsRead()) && distinct > 1 ? "all" : Markdown.number(distinct);
  }

  private static String range(ColumnProfile column) {
    String from = column.minimum();
    String to = column.maximum();
    if (from == null || to == null) {
      return "";
    }
    if (column.family() == ValueFamily.TEXT) {
      return (from.equals(to) ? from : from + " – " + to) + " characters";
    }
    return from.equals(to) ? Markdown.text(from) : Markdown.text(from) + " – " + Markdown.text(to);
  }

  private String values(ColumnProfile column) {
    if (column.values().isEmpty() || isCounter(column.name())) {
      return "";
    }
    if (!column.hasFrequentValues()) {
      return "such as " + joined(column.values(), /* whole= */ null);
    }
    return joined(column.values(), profile.rowsRead());
  }

  /** A key made of numbers: its examples would say 1, 2, 3. */
  private boolean isCounter(String column) {
    boolean key = (table.primaryKey() != null && table.primaryKey().columns().contains(column))
        || table.foreignKeys().stream().anyMatch(foreign -> foreign.columns().contains(column));
    return key
        && profile
            .column(column)
            .map(found -> found.family() == ValueFamily.NUMBER)
            .orElse(false);
  }

  private static String joined(List<ValueCount> values, @Nullable Long whole) {
    return String.join(
        ", ",
        values.stream()
            .map(value -> Markdown.code(value.value())
                + (whole == null ? "" : " " + Markdown.share(value.count(), whole)))
            .toList());
  }

  private static String list(List<String> columns) {
    return String.join(", ", columns.stream().map(Markdown::code).toList());
  }

  private static String capitalised(String text) {
    return text.isEmpty()
        ? text
        : text.substring(0, 1).toUpperCase(Locale.ROOT) + text.substring(1);
  }
}
