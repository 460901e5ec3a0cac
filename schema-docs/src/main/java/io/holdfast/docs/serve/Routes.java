package io.holdfast.docs.serve;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Which endpoint answers which method and path. Built once, then safe from any thread. */
final class Routes {
  private final List<Route> routes = new ArrayList<>();

  private record Route(String method, Pattern path, Endpoint endpoint) {}

  /** Adds one; {@code *} in the path is one segment, which the exchange tells. */
  Routes add(String method, String path, Endpoint endpoint) {
    String pattern = Pattern.quote(path).replace("*", "\\E([^/]+)\\Q");
    routes.add(new Route(method, Pattern.compile(pattern), endpoint));
    return this;
  }

  /**
   * Answers by the first route that fits; GET stands for HEAD, too.
   *
   * @throws Problem 404 or 405 if none does
   */
  void answer(Exchange exchange) throws IOException, Problem {
    var allowed = new ArrayList<String>();
    for (Route route : routes) {
      Matcher path = route.path().matcher(exchange.path());
      if (!path.matches()) {
        continue;
      }
      if (route.method().equals(exchange.method())
          || (route.method().equals("GET") && exchange.method().equals("HEAD"))) {
        exchange.segment(path.groupCount() == 0 ? "" : path.group(1));
        route.endpoint().answer(exchange);
        return;
      }
      allowed.add(route.method());
    }
    if (allowed.isEmpty()) {
      throw Problem.of(404, "There is nothing at this address.");
    }
    throw Problem.of(405, "This address answers " + String.join(", ", allowed) + " only.")
        .with("Allow", String.join(", ", allowed));
  }
}
