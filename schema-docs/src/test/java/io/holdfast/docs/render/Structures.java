package io.holdfast.docs.render;

import io.holdfast.schema.TableName;
import io.holdfast.schema.TableStructure;
import io.holdfast.schema.TableStructure.Check;
import io.holdfast.schema.TableStructure.Column;
import io.holdfast.schema.TableStructure.ForeignKey;
import io.holdfast.schema.TableStructure.Index;
import java.util.List;

/** Tables for tests, as a catalog reader would describe them. */
public final class Structures {

  public static final TableStructure CUSTOMERS = table(
      "customers",
      List.of(column("id", "integer", false), column("name", "text", true)),
      List.of(),
      "People");

  /** Refers to customers, with a check and an index. */
  public static final TableStructure ORDERS = new TableStructure(
      name("orders"),
      TableStructure.Kind.TABLE,
      List.of(),
      List.of(
          column("id", "integer", false),
          column("customer_id", "integer", true),
          column("status", "text", false)),
      new TableStructure.Key("orders_pkey", List.of("id"), ""),
      List.of(),
      List.of(new ForeignKey(
          "fk", List.of("customer_id"), name("customers"), List.of("id"), "ON DELETE CASCADE")),
      List.of(new Check("c", "status <> ''")),
      List.of(new Index("orders_customer", false, "(customer_id)")),
      null,
      List.of(),
      null);

  private Structures() {}

  public static TableName name(String table) {
    return new TableName("public", table);
  }

  public static Column column(String name, String type, boolean nullable) {
    return new Column(name, type, nullable, null, null, null, null);
  }

  /** A table whose first column is its key. */
  public static TableStructure table(
      String name, List<Column> columns, List<ForeignKey> foreignKeys, String comment) {
    return new TableStructure(
        name(name),
        TableStructure.Kind.TABLE,
        List.of(),
        columns,
        new TableStructure.Key("key", List.of(columns.get(0).name()), ""),
        List.of(),
        foreignKeys,
        List.of(),
        List.of(),
        null,
        List.of(),
        comment);
  }
}
