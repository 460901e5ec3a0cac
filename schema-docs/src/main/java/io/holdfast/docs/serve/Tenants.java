package io.holdfast.docs.serve;

import io.holdfast.schema.TableStructure;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The databases of the service by the names of their connections. */
final class Tenants {
  private final Map<String, Tenant> byName = new LinkedHashMap<>();

  Tenants(Collection<Tenant> tenants) {
    tenants.forEach(tenant -> byName.put(tenant.name(), tenant));
  }

  /** In the order they were given. */
  List<Tenant> all() {
    return List.copyOf(byName.values());
  }

  /**
   * The one that the query's {@code connection} names, or all.
   *
   * @throws Problem if there is none of this name
   */
  List<Tenant> named(Exchange exchange) throws Problem {
    String name = exchange.query("connection");
    return name.isEmpty() ? all() : List.of(get(name));
  }

  /** The one of this name, or the only one if the name is empty. */
  Tenant get(String name) throws Problem {
    if (name.isEmpty() && byName.size() == 1) {
      return byName.values().iterator().next();
    }
    Tenant tenant = byName.get(name);
    if (tenant == null) {
      throw name.isEmpty()
          ? Problem.of(400, "Say which connection: " + String.join(", ", byName.keySet()) + ".")
          : Problem.of(404, "There is no connection of that name.");
    }
    return tenant;
  }

  /**
   * A table by its identifier, asked for at the database.
   *
   * @throws Problem if there is no such table, or the database does not answer
   */
  Located locate(String id) throws Problem {
    TableId parsed =
        TableId.parse(id).orElseThrow(() -> Problem.of(404, "There is no such table."));
    Tenant tenant = byName.get(parsed.connection());
    if (tenant == null) {
      throw Problem.of(404, "There is no such table.");
    }
    tenant.validate();
    return new Located(
        tenant,
        tenant.table(parsed.table()).orElseThrow(() -> Problem.of(404, "There is no such table.")));
  }

  /** A table and whose it is. */
  record Located(Tenant tenant, TableStructure table) {}
}
