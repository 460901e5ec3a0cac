package io.holdfast.docs.serve;

import io.holdfast.schema.TableStructure;
import java.io.IOException;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** {@code GET /api/tables}: what there is to read, and what of it is in the cache. */
final class TablesEndpoint implements Endpoint {
  private final Tenants tenants;

  TablesEndpoint(Tenants tenants) {
    this.tenants = tenants;
  }

  /**
   * One connection.
   *
   * @param state {@code watched}, or {@code in doubt} while the database does not answer
   */
  private record ConnectionView(
      String name, String engine, String database, String state, List<TableView> tables) {}

  /**
   * One table.
   *
   * @param structureHash empty while the structure is in doubt
   * @param cached whether its explanation is in the cache, so that asking for it costs nothing
   */
  private record TableView(
      String id,
      String schema,
      String name,
      String kind,
      int columns,
      String structureHash,
      boolean cached,
      String explanation) {}

  @Override
  public void answer(Exchange exchange) throws IOException, Problem {
    List<ConnectionView> connections =
        tenants.named(exchange).stream().map(TablesEndpoint::view).toList();
    exchange.answerJson(Map.of("connections", connections));
  }

  private static ConnectionView view(Tenant tenant) {
    boolean known = tenant.database().validate();
    var identity = tenant.database().identity();
    String database = identity.database();
    return new ConnectionView(
        tenant.name(),
        identity.dialect().name().toLowerCase(Locale.ROOT),
        database.substring(database.lastIndexOf('/') + 1),
        known ? "watched" : "in doubt",
        tenant.tables().stream().map(table -> view(tenant, table)).toList());
  }

  private static TableView view(Tenant tenant, TableStructure table) {
    TableId id = tenant.id(table.name());
    return new TableView(
        id.toString(),
        table.name().schema(),
        table.name().name(),
        kind(table),
        table.columns().size(),
        tenant.database().hash(table.name()).map(hash -> hash.value()).orElse(""),
        tenant.isDocumented(table),
        "/api/tables/" + id + "/explanation");
  }

  static String kind(TableStructure table) {
    return table.kind().name().toLowerCase(Locale.ROOT).replace('_', ' ');
  }
}
