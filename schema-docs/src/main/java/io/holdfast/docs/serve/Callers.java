package io.holdfast.docs.serve;

import java.util.Locale;
import java.util.Set;

/**
 * Who may ask. A service on the loopback trusts whoever can reach it, and a browser can: a page from
 * anywhere may have it send requests here. So the name that was asked for must be the loopback's own (a
 * foreign name that resolves to it is DNS rebinding), and requests that another site's page makes are
 * refused everywhere.
 */
final class Callers {
  private static final Set<String> LOOPBACK = Set.of("localhost", "127.0.0.1", "[::1]");

  /** Our own page, somebody who typed the address, or no browser at all. */
  private static final Set<String> OWN_SITE = Set.of("same-origin", "none", "");

  private final boolean loopback;
  private final String host;

  Callers(ServiceSettings settings) {
    String host = settings.host();
    this.loopback = settings.isLoopback();
    this.host = host.contains(":") ? "[" + host + "]" : host;
  }

  /**
   * Lets it pass.
   *
   * @throws Problem if not
   */
  void admit(Exchange exchange) throws Problem {
    String asked = exchange.header("Host");
    if (loopback && !isOwn(withoutPort(asked))) {
      throw Problem.of(421, "This service answers on the loopback, and only by its names.");
    }
    String origin = exchange.header("Origin");
    boolean foreign = !OWN_SITE.contains(exchange.header("Sec-Fetch-Site"))
        || (!origin.isEmpty() && !origin.replaceFirst("^[a-zA-Z]+://", "").equalsIgnoreCase(asked));
    if (foreign && !isVisit(exchange)) {
      throw Problem.of(403, "Pages of other sites may not ask this service.");
    }
  }

  /** Somebody follows a link to the page. */
  private static boolean isVisit(Exchange exchange) {
    return exchange.path().equals("/")
        && exchange.method().equals("GET")
        && exchange.header("Sec-Fetch-Mode").equals("navigate");
  }

  private boolean isOwn(String name) {
    String lower = name.toLowerCase(Locale.ROOT);
    return LOOPBACK.contains(lower) || lower.equals(host.toLowerCase(Locale.ROOT));
  }

  private static String withoutPort(String asked) {
    return asked.replaceFirst(":\\d*$", "");
  }
}
