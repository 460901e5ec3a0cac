package io.holdfast.docs.describe;

import io.holdfast.docs.profile.ColumnProfile;
import io.holdfast.docs.profile.ColumnProfile.ValueCount;
import io.holdfast.docs.profile.TableProfile;
import io.holdfast.docs.profile.ValueFamily;
import io.holdfast.docs.render.Markdown;
import io.holdfast.schema.TableStructure;
import io.holdfast.schema.TableStructure.Column;
import io.holdfast.schema.TableStructure.ForeignKey;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Words by rule: the same structure and profile give the same sentences. */
public final class BuiltInWriter implements DescriptionWriter {

  /** Raise it when a change here should replace the descriptions that are kept. */
  private static final int VERSION = 1;

  @Override
  public String byline() {
    return "the built-in writer";
  }

  @Override
  public String fingerprint() {
    return "built-in/" + VERSION;
  }

  @Override
  public Description describe(TableStructure table, TableProfile profile) {
    var sentences = new ArrayList<String>();
    String comment = comment(table);
    if (comment != null) {
      sentences.add(Markdown.text(comment));
    }
    sentences.add(size(table, profile));
    relations(table).ifPresent(sentences::add);
    period(table, profile).ifPresent(sentences::add);
    classification(profile).ifPresent(sentences::add);
    gaps(profile).ifPresent(sentences::add);
    return new Description(summary(table, comment), String.join(" ", sentences), /* usage= */ null);
  }

  private static @Nullable String comment(TableStructure table) {
    String comment = table.comment();
    if (comment == null || comment.isBlank()) {
      return null;
    }
    String text = comment.strip();
    return text.matches("(?s).*[.!?]") ? text : text + ".";
  }

  private static String summary(TableStructure table, @Nullable String comment) {
    if (comment != null) {
      int end = comment.indexOf(". ");
      return Markdown.text(end < 0 ? comment : comment.substring(0, end + 1));
    }
    List<String> targets = targets(table);
    String columns = Markdown.count(table.columns().size(), "column");
    return targets.isEmpty() ? columns : columns + "; refers to " + joined(targets);
  }

  private static String size(TableStructure table, TableProfile profile) {
    String rows = profile.rowCount() == 0 && profile.rowCountExact()
        ? "no rows yet"
        : (profile.rowCountExact() ? "" : "at least ") + Markdown.count(profile.rowCount(), "row");
    return Markdown.code(table.name().name()) + " holds " + rows + " in "
        + Markdown.count(table.columns().size(), "column") + ".";
  }

  private static Optional<String> relations(TableStructure table) {
    var always = new ArrayList<String>();
    var sometimes = new ArrayList<String>();
    for (ForeignKey foreign : table.foreignKeys()) {
      boolean optional = table.columns().stream()
          .anyMatch(column -> column.nullable() && foreign.columns().contains(column.name()));
      String target = foreign.references().equals(table.name())
          ? "another row of the same table"
          : "one row of " + Markdown.code(foreign.references().name());
      List<String> list = optional ? sometimes : always;
      if (!list.contains(target)) {
        list.add(target);
      }
    }
    if (always.isEmpty() && sometimes.isEmpty()) {
      return Optional.empty();
    }
    if (always.isEmpty()) {
      return Optional.of("A row may refer to " + joined(sometimes) + ".");
    }
    return Optional.of("Each row belongs to " + joined(always)
        + (sometimes.isEmpty() ? "." : " and may refer to " + joined(sometimes) + "."));
  }

  private static List<String> targets(TableStructure table) {
    return table.foreignKeys().stream()
        .map(ForeignKey::references)
        .filter(target -> !target.equals(table.name()))
        .map(target -> Markdown.code(target.name()))
        .distinct()
        .toList();
  }

  /** The first column that holds a time and has a range. */
  private static Optional<String> period(TableStructure table, TableProfile profile) {
    for (Column column : table.columns()) {
      Optional<ColumnProfile> found = profile.column(column.name());
      if (found.isPresent() && found.get().family() == ValueFamily.TIME) {
        String from = found.get().minimum();
        String to = found.get().maximum();
        if (from != null && to != null && !from.equals(to)) {
          return Optional.of(Markdown.code(column.name()) + " runs from " + Markdown.text(day(from))
              + " to " + Markdown.text(day(to)) + ".");
        }
      }
    }
    return Optional.empty();
  }

  private static String day(String time) {
    return time.matches("\\d{4}-\\d\\d-\\d\\d[ T].*") ? time.substring(0, 10) : time;
  }

  /** The column with the fewest kinds of values, as what best sorts the rows. */
  private static Optional<String> classification(TableProfile profile) {
    return profile.columns().stream()
        .filter(
            column -> column.family() == ValueFamily.TEXT || column.family() == ValueFamily.OTHER)
        .filter(ColumnProfile::hasFrequentValues)
        // What is empty on most rows does not sort them.
        .filter(column -> column.nulls() * 2 < profile.rowsRead())
        .filter(column ->
            column.distinct() != null && column.distinct() >= 2 && column.distinct() <= 12)
        .min(Comparator.comparingLong(BuiltInWriter::distinct))
        .map(column -> {
          ValueCount first = column.values().get(0);
          return Markdown.code(column.name()) + " takes "
              + Markdown.count(distinct(column), "value") + ", most often "
              + Markdown.code(first.value()) + " ("
              + Markdown.share(first.count(), profile.rowsRead()) + ").";
        });
  }

  private static long distinct(ColumnProfile column) {
    Long distinct = column.distinct();
    return distinct == null ? Long.MAX_VALUE : distinct;
  }

  private static Optional<String> gaps(TableProfile profile) {
    if (profile.rowsRead() == 0) {
      return Optional.empty();
    }
    List<String> empty = profile.columns().stream()
        .filter(column -> column.nulls() == profile.rowsRead())
        .map(column -> Markdown.code(column.name()))
        .toList();
    if (!empty.isEmpty()) {
      return Optional.of(joined(empty) + (empty.size() == 1 ? " is" : " are") + " never filled.");
    }
    return Optional.empty();
  }

  private static String joined(List<String> items) {
    if (items.size() == 1) {
      return items.get(0);
    }
    return String.join(", ", items.subList(0, items.size() - 1)) + " and "
        + items.get(items.size() - 1);
  }
}
