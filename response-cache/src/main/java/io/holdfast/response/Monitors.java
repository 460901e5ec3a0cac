package io.holdfast.response;

import io.holdfast.response.spi.MonitoredResponseCache;
import io.holdfast.response.spi.ResponseCacheMonitor;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.ServiceConfigurationError;
import java.util.ServiceLoader;
import java.util.function.Consumer;

/** The monitors that are present. One that fails is logged and does not disturb. */
final class Monitors {

  private final List<ResponseCacheMonitor> monitors;
  private final OnceLog log;

  Monitors(List<ResponseCacheMonitor> monitors, OnceLog log) {
    this.monitors = List.copyOf(monitors);
    this.log = log;
  }

  /** Those that the class loader of this library sees. */
  static Monitors present(OnceLog log) {
    var found = new ArrayList<ResponseCacheMonitor>();
    Iterator<ResponseCacheMonitor> providers = ServiceLoader.load(
            ResponseCacheMonitor.class, ResponseCacheMonitor.class.getClassLoader())
        .iterator();
    // A provider that cannot be loaded fails in next(), and the iterator goes on after it; a file
    // of services that cannot be parsed fails in hasNext(), and there is nothing to go on with.
    try {
      while (providers.hasNext()) {
        try {
          found.add(providers.next());
        } catch (ServiceConfigurationError | LinkageError e) {
          log.warn("monitor", () -> "a response cache monitor cannot be loaded", e);
        }
      }
    } catch (ServiceConfigurationError e) {
      log.warn("monitors", () -> "response cache monitors cannot be found", e);
    }
    return new Monitors(found, log);
  }

  void opened(MonitoredResponseCache cache) {
    tell(monitor -> monitor.responseCacheOpened(cache));
  }

  void closed(MonitoredResponseCache cache) {
    tell(monitor -> monitor.responseCacheClosed(cache));
  }

  private void tell(Consumer<ResponseCacheMonitor> message) {
    for (ResponseCacheMonitor monitor : monitors) {
      try {
        message.accept(monitor);
      } catch (RuntimeException | LinkageError e) {
        log.warn(
            "monitor " + monitor.getClass().getName(),
            () -> "a response cache monitor failed: " + monitor.getClass().getName(),
            e);
      }
    }
  }
}
