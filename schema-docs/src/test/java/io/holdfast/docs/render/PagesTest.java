package io.holdfast.docs.render;

import static org.assertj.core.api.Assertions.assertThat;

import io.holdfast.docs.profile.ColumnProfile;
import io.holdfast.docs.profile.ColumnProfile.ValueCount;
import io.holdfast.docs.profile.TableProfile;
import io.holdfast.docs.profile.ValueFamily;
import io.holdfast.docs.render.IndexPage.IndexLine;
import io.holdfast.schema.TableName;
import io.holdfast.schema.TableStructure;
import io.holdfast.schema.TableStructure.ForeignKey;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What a reader sees. */
class PagesTest {
  private static final Instant AT = Instant.parse("2026-03-01T10:15:00Z");

  private static final TableProfile PROFILE = new TableProfile(
      200,
      true,
      200,
      List.of(
          new ColumnProfile("id", ValueFamily.NUMBER, 0, 200L, "1", "200", List.of()),
          new ColumnProfile("customer_id", ValueFamily.NUMBER, 50, 30L, "1", "40", List.of()),
          new ColumnProfile(
              "status",
              ValueFamily.TEXT,
              0,
              2L,
              "4",
              "9",
              List.of(new ValueCount("delivered", 150), new ValueCount("paid", 50)))),
      List.of());

  @Test
  void body_ofATable_showsColumnsKeysAndData() {
    assertThat(TableBody.render(Structures.ORDERS, PROFILE, "Orders of people.", "me", AT))
        .isEqualTo("""
            Orders of people.

            ## Columns

            | Column | Type | Null | Default | Key |
            | --- | --- | --- | --- | --- |
            | `id` | `integer` | no |  | primary |
            | `customer_id` | `integer` | yes |  | → `customers.id` |
            | `status` | `text` | no |  |  |

            ## Keys, checks and indexes

            - Check: `status <> ''`
            - Index `orders_customer`: `(customer_id)`

            ## Data

            200 rows, as of 2026-03-01 10:15 UTC. A snapshot: it is taken anew when the structure changes.

            | Column | Empty | Distinct | Range | Values |
            | --- | ---: | ---: | --- | --- |
            | `id` | – | all | 1 – 200 |  |
            | `customer_id` | 25 % | 30 | 1 – 40 |  |
            | `status` | – | 2 | 4 – 9 characters | `delivered` 75 %, `paid` 25 % |

            *Description by me.*
            """);
  }

  @Test
  void body_ofASample_saysSo() {
    var sample = new TableProfile(1_000_000, true, 200, PROFILE.columns(), List.of());
    assertThat(TableBody.render(Structures.ORDERS, sample, "x", "me", AT))
        .contains("1,000,000 rows, as of")
        .contains("the numbers below are about 200 of its rows");
  }

  @Test
  void page_showsRelationsInBothDirections() {
    List<TableStructure> all = List.of(Structures.CUSTOMERS, Structures.ORDERS);
    var names = new PageNames(all.stream().map(TableStructure::name).toList());
    assertThat(TablePage.render(Structures.ORDERS, "body", all, names)).isEqualTo("""
            # orders

            Table in schema `public` · [all tables](README.md)

            body

            ## Relations

            References:

            - `customer_id` → [`customers`](public.customers.md) (`id`), ON DELETE CASCADE

            """);
    assertThat(TablePage.render(Structures.CUSTOMERS, "body", all, names))
        .contains(
            "Referenced by:\n\n- [`orders`](public.orders.md) (`customer_id`), ON DELETE CASCADE");
  }

  /** Key columns are paired with the columns they refer to by position, not by name. */
  @Test
  void body_ofACompositeForeignKey_pairsColumnsInTheKeysOrder() {
    TableStructure lines = Structures.table(
        "lines",
        List.of(Structures.column("a", "integer", false), Structures.column("b", "integer", false)),
        List.of(new ForeignKey(
            "fk", List.of("b", "a"), Structures.name("orders"), List.of("id", "number"), "")),
        null);
    String body =
        TableBody.render(lines, new TableProfile(0, true, 0, List.of(), List.of()), "x", "me", AT);
    assertThat(body)
        .contains("| `a` | `integer` | no |  | primary, → `orders.number` |")
        .contains("| `b` | `integer` | no |  | → `orders.id` |");
    assertThat(TablePage.render(lines, body, List.of(lines), new PageNames(List.of(lines.name()))))
        .contains("- `b`, `a` → `orders` (`id`, `number`)");
  }

  @Test
  void pages_ofHostileNames_stayWellFormed() {
    String hostile = "a|b`c\"] <x>\n# d";
    TableStructure table = Structures.table(
        hostile,
        List.of(Structures.column("x|y", "te`xt", true)),
        List.of(new ForeignKey("fk", List.of("x|y"), Structures.name(hostile), List.of("x|y"), "")),
        "see | <b>this</b>\n# not a heading");
    var names = new PageNames(List.of(table.name()));
    String body = TableBody.render(
        table, new TableProfile(0, true, 0, List.of(), List.of()), "prose", "me", AT);
    String page = TablePage.render(table, body, List.of(table), names);
    String index = IndexPage.render(
        "db", List.of(table), Map.of(table.name(), new IndexLine(0, true, "x")), names);

    assertThat(page.lines().filter(line -> line.startsWith("# "))).hasSize(1);
    assertThat(page).contains("| `x\\|y` | ``te`xt`` | yes |").doesNotContain("<b>");
    assertThat(names.get(table.name())).matches("[a-z0-9_.-]+\\.md");
    assertThat(index.lines().filter(line -> line.startsWith("# "))).hasSize(1);
    assertThat(index).contains("[\"a|b'c'] <x>'# d\"]");
    // A row of three cells has four bars that are not escaped.
    assertThat(index
            .lines()
            .filter(line -> line.startsWith("| ["))
            .findFirst()
            .orElseThrow()
            .replace("\\|", "")
            .chars()
            .filter(character -> character == '|'))
        .hasSize(4);
  }

  @Test
  void index_listsTablesAndDrawsRelations() {
    List<TableStructure> all = List.of(Structures.CUSTOMERS, Structures.ORDERS);
    var names = new PageNames(all.stream().map(TableStructure::name).toList());
    Map<TableName, IndexLine> lines =
        Map.of(Structures.CUSTOMERS.name(), new IndexLine(1_500, false, "People"));
    assertThat(IndexPage.render("shop", all, lines, names))
        .contains("2 tables, 1,500 rows when last counted.")
        .contains("customers |o--o{ orders : \"customer_id\"")
        .contains("| [`customers`](public.customers.md) | ≥ 1,500 | People |")
        .contains("| [`orders`](public.orders.md) |  | *could not be documented* |");
  }

  @Test
  void names_thatAFileSystemWouldMixUp_areToldApart() {
    var upper = new TableName("public", "Users");
    var lower = new TableName("public", "users");
    var names = new PageNames(List.of(upper, lower));
    assertThat(names.get(upper)).isNotEqualToIgnoringCase(names.get(lower));
    assertThat(new PageNames(List.of(lower)).get(lower)).isEqualTo("public.users.md");
  }
}
