package io.holdfast.schema.catalog;

import io.holdfast.schema.catalog.SqliteTokens.Token;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What only the text of CREATE TABLE tells: checks, collations, generation expressions, deferrability
 * and conflict clauses. Columns, types, keys and references are read from pragmas.
 */
final class SqliteTableText {

  /** A check or a foreign key clause; the name is empty if the user gave none. */
  record Clause(String name, String text) {}

  /** What the text says of one column. */
  static final class ColumnText {
    @Nullable
    String collation;

    @Nullable
    String generation;
    /** Clauses that nothing else records: conflict clauses, AUTOINCREMENT, the order of a key. */
    final List<Token> rest = new ArrayList<>();
  }

  final Map<String, ColumnText> columns = new HashMap<>();
  final List<Clause> checks = new ArrayList<>();
  /** In the order of the text, which is the reverse of the pragma's. */
  final List<Clause> references = new ArrayList<>();

  final List<Token> rest = new ArrayList<>();

  private SqliteTableText() {}

  /** Reads a CREATE TABLE; of a virtual table, everything is {@link #rest}. */
  static SqliteTableText of(String sql) {
    var text = new SqliteTableText();
    List<Token> tokens = SqliteTokens.of(sql);
    int open = 0;
    while (open < tokens.size() && !tokens.get(open).is("(")) {
      open++;
    }
    boolean virtual = tokens.stream().limit(open).anyMatch(token -> token.is("virtual"));
    if (open == tokens.size() || virtual) {
      text.rest.addAll(tokens);
      return text;
    }
    int close = endOfGroup(tokens, open) - 1;
    boolean inConstraints = false;
    for (List<Token> item : items(slice(tokens, open + 1, close))) {
      inConstraints |= startsConstraint(item);
      if (inConstraints) {
        text.constraint(item);
      } else {
        text.column(item);
      }
    }
    return text;
  }

  ColumnText column(String name) {
    return columns.computeIfAbsent(name.toLowerCase(Locale.ROOT), key -> new ColumnText());
  }

  private static boolean startsConstraint(List<Token> item) {
    Token first = item.get(0);
    return first.is("constraint")
        || first.is("primary")
        || first.is("unique")
        || first.is("check")
        || first.is("foreign");
  }

  private void constraint(List<Token> item) {
    int at = 0;
    String name = "";
    if (item.get(0).is("constraint") && item.size() > 1) {
      name = item.get(1).text();
      at = 2;
    }
    if (at < item.size() && item.get(at).is("check")) {
      int end = endOfGroup(item, at + 1);
      checks.add(new Clause(name, SqliteTokens.join(slice(item, at + 1, end))));
      rest.addAll(slice(item, end, item.size()));
    } else if (at < item.size() && item.get(at).is("foreign")) {
      int columnsEnd = endOfGroup(item, at + 2);
      references.add(new Clause(name, referenceDetail(slice(item, columnsEnd, item.size()))));
    } else {
      // PRIMARY KEY (…) and UNIQUE (…): the columns are in the pragmas, what follows them is not.
      int group = at;
      while (group < item.size() && !item.get(group).is("(")) {
        group++;
      }
      int end = group < item.size() ? endOfGroup(item, group) : item.size();
      if (end < item.size()) {
        rest.addAll(slice(item, at, item.size()));
      }
    }
  }

  private void column(List<Token> item) {
    ColumnText column = column(item.get(0).text());
    int at = 1;
    while (at < item.size() && item.get(at).isName() && !startsColumnClause(item.get(at))) {
      at++;
    }
    if (at < item.size() && item.get(at).is("(")) {
      at = endOfGroup(item, at);
    }
    String name = "";
    while (at < item.size()) {
      Token token = item.get(at);
      int end = at + 1;
      if (token.is("constraint")) {
        name = end < item.size() ? item.get(end).text() : "";
        at = end + 1;
        continue;
      } else if (token.is("check")) {
        end = endOfGroup(item, at + 1);
        checks.add(new Clause(name, SqliteTokens.join(slice(item, at + 1, end))));
      } else if (token.is("collate")) {
        end = Math.min(at + 2, item.size());
        column.collation = item.get(end - 1).canonical();
      } else if (token.is("default")) {
        end = endOfDefault(item, at + 1);
      } else if (token.is("references")) {
        end = endOfReference(item, at);
        references.add(new Clause(name, referenceDetail(slice(item, at, end))));
      } else if (token.is("as")) {
        int group = endOfGroup(item, at + 1);
        boolean stored = group < item.size() && item.get(group).is("stored");
        boolean virtual = group < item.size() && item.get(group).is("virtual");
        end = stored || virtual ? group + 1 : group;
        column.generation =
            (stored ? "stored " : "virtual ") + SqliteTokens.join(slice(item, at + 1, group));
      } else if (token.is("primary") || token.is("not")) {
        end = Math.min(at + 2, item.size());
      } else if (token.is("generated")) {
        end = Math.min(at + 2, item.size());
      } else if (!token.is("unique") && !token.is("null")) {
        column.rest.add(token);
      }
      name = "";
      at = end;
    }
  }

  private static boolean startsColumnClause(Token token) {
    return List.of(
            "constraint",
            "primary",
            "not",
            "null",
            "unique",
            "check",
            "default",
            "collate",
            "references",
            "generated",
            "as")
        .stream()
        .anyMatch(token::is);
  }

  private static int endOfDefault(List<Token> item, int at) {
    if (at < item.size() && item.get(at).is("(")) {
      return endOfGroup(item, at);
    }
    boolean signed = at < item.size() && (item.get(at).is("-") || item.get(at).is("+"));
    return Math.min(signed ? at + 2 : at + 1, item.size());
  }

  /** A column's REFERENCES clause reaches to the next clause that is not its own. */
  private static int endOfReference(List<Token> item, int start) {
    int at = start + 1;
    while (at < item.size()) {
      Token token = item.get(at);
      if (token.is("(")) {
        at = endOfGroup(item, at);
      } else if (token.is("on") || token.is("match")) {
        at += 2;
      } else if (token.is("set")) {
        at += 2;
      } else if (token.is("not") && at + 1 < item.size() && item.get(at + 1).is("deferrable")) {
        at += 2;
      } else if (startsColumnClause(token)) {
        break;
      } else {
        at++;
      }
    }
    return Math.min(at, item.size());
  }

  /** Deferrability: the one thing about a reference that the pragma leaves out. */
  private static String referenceDetail(List<Token> clause) {
    for (int i = 0; i < clause.size(); i++) {
      if (clause.get(i).is("deferrable")) {
        int from = i > 0 && clause.get(i - 1).is("not") ? i - 1 : i;
        return SqliteTokens.join(slice(clause, from, clause.size()));
      }
    }
    return "";
  }

  /** A part of a list, as much of it as there is: a text edited by hand may end anywhere. */
  private static List<Token> slice(List<Token> tokens, int from, int to) {
    int end = Math.min(to, tokens.size());
    return from < end ? tokens.subList(from, end) : List.of();
  }

  /** The index after the parenthesis that closes the one at {@code open}. */
  private static int endOfGroup(List<Token> tokens, int open) {
    int depth = 0;
    for (int i = open; i < tokens.size(); i++) {
      if (tokens.get(i).is("(")) {
        depth++;
      } else if (tokens.get(i).is(")") && --depth == 0) {
        return i + 1;
      }
    }
    return tokens.size();
  }

  private static List<List<Token>> items(List<Token> tokens) {
    var items = new ArrayList<List<Token>>();
    var item = new ArrayList<Token>();
    int depth = 0;
    for (Token token : tokens) {
      if (token.is("(")) {
        depth++;
      } else if (token.is(")")) {
        depth--;
      }
      if (depth == 0 && token.is(",")) {
        items.add(List.copyOf(item));
        item.clear();
      } else {
        item.add(token);
      }
    }
    if (!item.isEmpty()) {
      items.add(List.copyOf(item));
    }
    items.removeIf(List::isEmpty);
    return items;
  }
}
