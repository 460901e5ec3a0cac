package io.holdfast.docs.serve;

import java.io.IOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.Map;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;

/** Every request comes through here: headers, who asks, the route, and what becomes of failures. */
final class FrontDoor extends Handler.Abstract {
  private static final Logger LOGGER = System.getLogger(FrontDoor.class.getName());

  /** Nothing runs, loads or frames but what the service itself serves. */
  private static final Map<String, String> HEADERS = Map.of(
      "Content-Security-Policy",
      "default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self';"
          + " img-src 'self';"
          + " base-uri 'none'; form-action 'none'; frame-ancestors 'none'",
      "X-Content-Type-Options",
      "nosniff",
      "Referrer-Policy",
      "no-referrer",
      "Cross-Origin-Resource-Policy",
      "same-origin",
      "Cross-Origin-Opener-Policy",
      "same-origin");

  private final ServiceSettings settings;
  private final Callers callers;
  private final Routes routes;

  FrontDoor(ServiceSettings settings, Routes routes) {
    this.settings = settings;
    this.callers = new Callers(settings);
    this.routes = routes;
  }

  @Override
  public boolean handle(Request request, Response response, Callback callback) {
    var exchange = new Exchange(request, response, settings);
    HEADERS.forEach(exchange::answerHeader);
    try {
      answer(exchange);
      callback.succeeded();
    } catch (IOException e) {
      // The caller is gone.
      callback.failed(e);
    }
    return true;
  }

  private void answer(Exchange exchange) throws IOException {
    try {
      callers.admit(exchange);
      routes.answer(exchange);
    } catch (Problem problem) {
      refuse(exchange, problem);
    } catch (RuntimeException e) {
      LOGGER.log(Level.WARNING, () -> "A request to the service failed: " + e, e);
      refuse(exchange, Problem.of(500, "The service has a problem of its own; its log says more."));
    }
  }

  private static void refuse(Exchange exchange, Problem problem) throws IOException {
    if (exchange.isCommitted()) {
      throw new IOException("the answer broke off: " + problem.detail());
    }
    exchange.answer(problem);
  }
}
