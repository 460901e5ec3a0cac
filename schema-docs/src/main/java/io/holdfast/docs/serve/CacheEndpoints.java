package io.holdfast.docs.serve;

import io.holdfast.docs.run.DocumentationCache;
import io.holdfast.response.AccountStatistics;
import io.holdfast.response.ResponseCache;
import io.holdfast.response.ResponseStatistics;
import io.holdfast.response.Tokens;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Function;
import javax.cache.CacheException;
import org.jspecify.annotations.Nullable;

/** {@code /api/cache}: what the cache did since the start, and emptying it. */
final class CacheEndpoints {
  private static final String SCHEME = "Bearer ";

  private final Tenants tenants;
  private final DocumentationCache cache;
  private final ResponseCache<?> chat;
  private final @Nullable AdminToken adminToken;

  CacheEndpoints(
      Tenants tenants,
      DocumentationCache cache,
      ResponseCache<?> chat,
      @Nullable AdminToken adminToken) {
    this.tenants = tenants;
    this.cache = cache;
    this.chat = chat;
    this.adminToken = adminToken;
  }

  /** {@code GET /api/cache/stats}. */
  void statistics(Exchange exchange) throws IOException {
    exchange.answerJson(Map.of(
        "explanations", view(cache.responses().statistics()), "chat", view(chat.statistics())));
  }

  private static Map<String, Object> view(ResponseStatistics statistics) {
    var view = new LinkedHashMap<String, Object>();
    view.put("hits", statistics.hits());
    view.put("semanticHits", statistics.semantic().hits());
    view.put("misses", statistics.misses());
    view.put("coalesced", statistics.coalesced());
    view.put("bypassed", statistics.bypassed());
    view.put("stored", statistics.stored());
    view.put("failures", statistics.computeFailures());
    view.put("purged", statistics.purged());
    view.put("computeMillis", statistics.computeMillis());
    view.put("savedMillis", statistics.savedMillis());
    view.put("spent", statistics.spent());
    view.put("saved", statistics.saved());
    view.put("tokensSpent", tokens(statistics, AccountStatistics::spentTokens));
    view.put("tokensSaved", tokens(statistics, AccountStatistics::savedTokens));
    return view;
  }

  /** Both kinds together: prices differ by kind, and they are in the costs. */
  private static long tokens(
      ResponseStatistics statistics, Function<AccountStatistics, Tokens> which) {
    return statistics.accounts().values().stream()
        .map(which)
        .mapToLong(tokens -> tokens.input() + tokens.output())
        .sum();
  }

  /**
   * {@code DELETE /api/cache}: of the connection that the query names, or of all. Walks the whole cache
   * for a connection.
   */
  void empty(Exchange exchange) throws IOException, Problem {
    requireAdmin(exchange);
    try {
      String connection = exchange.query("connection");
      if (connection.isEmpty()) {
        cache.clear();
      } else {
        erase(tenants.get(connection));
      }
    } catch (CacheException e) {
      throw Problem.unavailable("The cache cannot be emptied; some of it may be left.", 5);
    }
    exchange.answer(204);
  }

  private void erase(Tenant tenant) throws Problem {
    if (tenant.owner().isEmpty()) {
      throw Problem.of(
          400, "The connection without a name owns what no other one does: empty the whole cache.");
    }
    cache.responses().erase(tenant.owner());
    chat.erase(tenant.owner());
  }

  private void requireAdmin(Exchange exchange) throws Problem {
    if (adminToken == null) {
      throw Problem.of(
          403, "Nobody may do this: the service was started without --admin-token-file.");
    }
    String authorization = exchange.header("Authorization");
    if (!authorization.regionMatches(/* ignoreCase= */ true, 0, SCHEME, 0, SCHEME.length())
        || !adminToken.matches(authorization.substring(SCHEME.length()).strip())) {
      throw Problem.of(401, "This needs the admin token: Authorization: Bearer TOKEN.")
          .with("WWW-Authenticate", "Bearer realm=\"holdfast\"");
    }
  }
}
