package io.holdfast.schema;

import io.holdfast.schema.TableStructure.Check;
import io.holdfast.schema.TableStructure.Column;
import io.holdfast.schema.TableStructure.Extra;
import io.holdfast.schema.TableStructure.ForeignKey;
import io.holdfast.schema.TableStructure.Index;
import io.holdfast.schema.catalog.H2Names;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Says a structure again under the new names of its columns, so that what the server renamed along with
 * a column (keys, checks, indexes, generation expressions) does not look changed. A text is taken over
 * only if it comes out as the server prints it now; one that differs otherwise stays as it was.
 */
final class RenamedColumns {

  // Literals are left alone; names are quoted in any of the engines' ways, or bare.
  private static final Pattern TOKEN = Pattern.compile(
      "'(?:[^']|'')*'|(?:U&)?\"((?:[^\"]|\"\")*)\"|`((?:[^`]|``)*)`|([\\p{L}_][\\p{L}\\p{N}_$]*)");

  private static final String TYPE_OF = "type of ";

  private final Map<String, String> names;
  private final TableName owner;

  private RenamedColumns(TableName owner, Map<String, String> names) {
    this.owner = owner;
    this.names = names;
  }

  /** {@code before} with the new names, as far as {@code after} agrees. */
  static TableStructure in(TableStructure before, TableStructure after, Map<String, String> names) {
    return new RenamedColumns(before.name(), names).restated(before, after);
  }

  private TableStructure restated(TableStructure before, TableStructure after) {
    return new TableStructure(
        before.name(),
        before.kind(),
        before.options(),
        mapped(before.columns(), column -> column(column, after)),
        before.primaryKey() == null ? null : key(before.primaryKey()),
        mapped(before.uniques(), this::key),
        mapped(before.foreignKeys(), this::foreignKey),
        mapped(before.checks(), check -> check(check, after)),
        mapped(before.indexes(), index -> index(index, after)),
        before.definition(),
        mapped(before.extras(), extra -> extra(extra, after)),
        before.comment());
  }

  private static <T> List<T> mapped(List<T> list, UnaryOperator<T> change) {
    var copy = new ArrayList<T>();
    list.forEach(item -> copy.add(change.apply(item)));
    return copy;
  }

  private String name(String column) {
    return names.getOrDefault(column, column);
  }

  /** SQLite's are read from its text, where names are folded. */
  private String clauseName(String column) {
    for (Map.Entry<String, String> renamed : names.entrySet()) {
      if (renamed.getKey().equals(column)) {
        return renamed.getValue();
      } else if (renamed.getKey().toLowerCase(Locale.ROOT).equals(column)) {
        return renamed.getValue().toLowerCase(Locale.ROOT);
      }
    }
    return column;
  }

  private List<String> names(List<String> columns) {
    return columns.stream().map(this::name).toList();
  }

  private Column column(Column column, TableStructure after) {
    String name = name(column.name());
    Column now = find(after.columns(), candidate -> candidate.name().equals(name));
    return new Column(
        name,
        column.type(),
        column.nullable(),
        now == null
            ? column.defaultExpression()
            : text(column.defaultExpression(), now.defaultExpression()),
        now == null ? column.generation() : text(column.generation(), now.generation()),
        column.collation(),
        column.comment());
  }

  private TableStructure.Key key(TableStructure.Key key) {
    return new TableStructure.Key(
        derived(key.name(), key.columns()), names(key.columns()), key.detail());
  }

  /** A name that the reader made up from the columns follows them. */
  private String derived(String name, List<String> columns) {
    String list = "(" + String.join(", ", columns) + ")";
    return name.startsWith(list)
        ? "(" + String.join(", ", names(columns)) + ")" + name.substring(list.length())
        : name;
  }

  private ForeignKey foreignKey(ForeignKey key) {
    boolean ownTable = key.references().equals(owner);
    return new ForeignKey(
        derived(key.name(), key.columns()),
        names(key.columns()),
        key.references(),
        ownTable ? names(key.referencedColumns()) : key.referencedColumns(),
        key.detail());
  }

  private Check check(Check check, TableStructure after) {
    Check now = find(after.checks(), candidate -> candidate.name().equals(check.name()));
    if (now != null) {
      return new Check(check.name(), String.valueOf(text(check.expression(), now.expression())));
    }
    // One without a name of its own is called by its expression.
    Check same =
        find(after.checks(), candidate -> isRestated(check.expression(), candidate.expression()));
    return same == null || !check.name().equals(check.expression()) ? check : same;
  }

  private Index index(Index index, TableStructure after) {
    Index now = find(after.indexes(), candidate -> candidate.name().equals(index.name()));
    return now == null
        ? index
        : new Index(
            index.name(),
            index.unique(),
            String.valueOf(text(index.definition(), now.definition())));
  }

  private Extra extra(Extra extra, TableStructure after) {
    String name = extra.kind().equals("clause") ? clauseName(extra.name()) : extra.name();
    String kind = extra.kind().startsWith(TYPE_OF)
        ? TYPE_OF + name(extra.kind().substring(TYPE_OF.length()))
        : extra.kind();
    Extra now = find(
        after.extras(),
        candidate -> candidate.kind().equals(kind) && candidate.name().equals(name));
    return now == null
        ? extra
        : new Extra(kind, name, String.valueOf(text(extra.definition(), now.definition())));
  }

  private static <T> @Nullable T find(List<T> list, Predicate<T> which) {
    for (T item : list) {
      if (which.test(item)) {
        return item;
      }
    }
    return null;
  }

  private @Nullable String text(@Nullable String before, @Nullable String after) {
    return before != null && after != null && isRestated(before, after) ? after : before;
  }

  /** Whether both are the same text, token by token, but for the renamed columns. */
  private boolean isRestated(String before, String after) {
    Matcher old = TOKEN.matcher(before);
    Matcher now = TOKEN.matcher(after);
    int oldEnd = 0;
    int nowEnd = 0;
    while (true) {
      boolean more = old.find();
      if (more != now.find()) {
        return false;
      }
      int oldStart = more ? old.start() : before.length();
      int nowStart = more ? now.start() : after.length();
      if (!before.substring(oldEnd, oldStart).equals(after.substring(nowEnd, nowStart))) {
        return false;
      }
      if (!more) {
        return true;
      }
      String word = name(old);
      String other = name(now);
      if (!old.group().equals(now.group())
          && (word == null || other == null || !becomes(word, other))) {
        return false;
      }
      oldEnd = old.end();
      nowEnd = now.end();
    }
  }

  /** Texts that the reader folds to lower case have the column's name folded, too. */
  private boolean becomes(String word, String other) {
    return names.entrySet().stream()
        .anyMatch(renamed ->
            renamed.getKey().equalsIgnoreCase(word) && renamed.getValue().equalsIgnoreCase(other));
  }

  private static @Nullable String name(Matcher token) {
    if (token.group(1) != null) {
      String name = token.group(1).replace("\"\"", "\"");
      return token.group().startsWith("U&") ? H2Names.unescaped(name) : name;
    }
    return token.group(2) != null ? token.group(2).replace("``", "`") : token.group(3);
  }
}
