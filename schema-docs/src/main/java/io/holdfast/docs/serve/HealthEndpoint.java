package io.holdfast.docs.serve;

import io.holdfast.schema.DriftStatistics;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.Map;

/** {@code GET /health}: 200 while every database is known, else 503. Asks none of them. */
final class HealthEndpoint implements Endpoint {
  private final Tenants tenants;

  HealthEndpoint(Tenants tenants) {
    this.tenants = tenants;
  }

  @Override
  public void answer(Exchange exchange) throws IOException {
    var connections = new LinkedHashMap<String, String>();
    boolean up = true;
    for (Tenant tenant : tenants.all()) {
      boolean known = isKnown(tenant.database().statistics());
      connections.put(tenant.name(), known ? "up" : "in doubt");
      up &= known;
    }
    exchange.answerHeader("Cache-Control", "no-store");
    exchange.answer(
        up ? 200 : 503,
        Exchange.JSON_TYPE,
        Exchange.json(Map.of("status", up ? "up" : "down", "connections", connections)));
  }

  /** A table or two that somebody holds locked is no outage. */
  private static boolean isKnown(DriftStatistics statistics) {
    return statistics.ready()
        && (statistics.tablesWatched() == 0 || statistics.inDoubt() < statistics.tablesWatched());
  }
}
