package io.holdfast.docs.serve;

import io.holdfast.schema.JournalEntry;
import java.io.IOException;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** {@code GET /api/drifts}: which tables changed and when, newest first. */
final class DriftsEndpoint implements Endpoint {
  private static final int MAX_DRIFTS = 200;

  private final Tenants tenants;

  DriftsEndpoint(Tenants tenants) {
    this.tenants = tenants;
  }

  /** One table that changed, without the text of any statement. */
  private record DriftView(
      String at, String connection, String id, String table, String origin, List<String> changes) {}

  private static final Comparator<DriftView> NEWEST_FIRST =
      Comparator.comparing((DriftView drift) -> Instant.parse(drift.at())).reversed();

  @Override
  public void answer(Exchange exchange) throws IOException, Problem {
    List<DriftView> drifts = tenants.named(exchange).stream()
        .flatMap(tenant -> tenant.database().journal().stream().map(entry -> view(tenant, entry)))
        .sorted(NEWEST_FIRST)
        .limit(MAX_DRIFTS)
        .toList();
    exchange.answerJson(Map.of("drifts", drifts));
  }

  private static DriftView view(Tenant tenant, JournalEntry entry) {
    return new DriftView(
        Instant.ofEpochMilli(entry.observedAtMillis()).toString(),
        tenant.name(),
        tenant.id(entry.table()).toString(),
        entry.table().toString(),
        entry.origin().name().toLowerCase(Locale.ROOT).replace('_', ' '),
        entry.changes());
  }
}
