package io.holdfast.docs.serve;

import io.holdfast.docs.run.DocumentationCache;
import java.io.IOException;
import java.net.URI;
import java.util.List;
import org.eclipse.jetty.server.HttpConfiguration;
import org.eclipse.jetty.server.HttpConnectionFactory;
import org.eclipse.jetty.server.NetworkConnectionLimit;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.eclipse.jetty.server.handler.GracefulHandler;
import org.eclipse.jetty.util.thread.QueuedThreadPool;
import org.jspecify.annotations.Nullable;

/**
 * The service while it runs. Close it to stop: no new requests, those under way get a few seconds. The
 * tenants and the cache stay their owner's, to be closed afterwards.
 */
public final class DocumentationService implements AutoCloseable {
  private static final int THREADS_FOR_QUICK_REQUESTS = 16;
  private static final int MAX_CONNECTIONS = 512;
  private static final int MAX_HEADER_BYTES = 16 << 10;
  private static final long IDLE_MILLIS = 30_000;
  private static final long STOP_MILLIS = 5_000;
  private static final long IDLE_AT_STOP_MILLIS = 50;

  private final Server server;
  private final ServerConnector connector;
  private final Chat chat;

  private DocumentationService(Server server, ServerConnector connector, Chat chat) {
    this.server = server;
    this.connector = connector;
    this.chat = chat;
  }

  /**
   * Listens and answers from now on.
   *
   * @param model who answers the chat; without, it says that nobody does
   * @throws IOException if the address cannot be listened at; nothing is left behind
   */
  public static DocumentationService start(
      ServiceSettings settings,
      List<Tenant> tenants,
      DocumentationCache cache,
      @Nullable ChatModel model)
      throws IOException {
    var known = new Tenants(tenants);
    var chat = new Chat(known, cache, model);
    var threads = new QueuedThreadPool(settings.maxConcurrent() + THREADS_FOR_QUICK_REQUESTS);
    threads.setName("holdfast-serve");
    var server = new Server(threads);
    ServerConnector connector = connector(server, settings);
    server.addConnector(connector);
    server.addBean(new NetworkConnectionLimit(MAX_CONNECTIONS, server));
    server.setHandler(
        new GracefulHandler(new FrontDoor(settings, routes(settings, known, cache, chat))));
    server.setErrorHandler(new BareErrors());
    server.setStopTimeout(STOP_MILLIS);
    var service = new DocumentationService(server, connector, chat);
    try {
      server.start();
      return service;
    } catch (Exception e) {
      service.close();
      throw new IOException("cannot listen at " + settings.host() + ", port " + settings.port(), e);
    }
  }

  private static ServerConnector connector(Server server, ServiceSettings settings) {
    var http = new HttpConfiguration();
    http.setSendServerVersion(false);
    http.setRequestHeaderSize(MAX_HEADER_BYTES);
    var connector = new ServerConnector(server, new HttpConnectionFactory(http));
    connector.setHost(settings.host());
    connector.setPort(settings.port());
    connector.setIdleTimeout(IDLE_MILLIS);
    // Connections on which nothing is under way are not worth waiting for.
    connector.setShutdownIdleTimeout(IDLE_AT_STOP_MILLIS);
    return connector;
  }

  private static Routes routes(
      ServiceSettings settings, Tenants tenants, DocumentationCache cache, Chat chat) {
    var slots = new Slots(settings.maxConcurrent());
    var caches = new CacheEndpoints(tenants, cache, chat.answers(), settings.adminToken());
    var routes = new Routes()
        .add("GET", "/health", new HealthEndpoint(tenants))
        .add("GET", "/api/tables", slots.limit(new TablesEndpoint(tenants)))
        .add("GET", "/api/tables/*/explanation", slots.limit(new ExplanationEndpoint(tenants)))
        .add("GET", "/api/drifts", new DriftsEndpoint(tenants))
        .add("POST", "/api/chat/stream", slots.limit(chat))
        .add("GET", "/api/cache/stats", caches::statistics)
        .add("DELETE", "/api/cache", caches::empty);
    PageFiles.addTo(routes);
    return routes;
  }

  /** Where it listens. */
  public URI address() {
    String host = connector.getHost();
    return URI.create("http://" + (host.contains(":") ? "[" + host + "]" : host) + ":"
        + connector.getLocalPort() + "/");
  }

  /** Stops. Twice is quiet. */
  @Override
  public void close() {
    try {
      server.stop();
    } catch (Exception e) {
      // Whoever was still being answered is cut off; there is nothing to undo.
      System.getLogger(DocumentationService.class.getName())
          .log(System.Logger.Level.DEBUG, "stopping the service", e);
    } finally {
      chat.close();
    }
  }
}
