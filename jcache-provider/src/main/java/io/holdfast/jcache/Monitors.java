package io.holdfast.jcache;

import io.holdfast.jcache.spi.CacheMonitor;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.ServiceConfigurationError;
import java.util.ServiceLoader;
import java.util.function.Consumer;

/** The monitors on the class path. What one throws is logged, and the others are told all the same. */
final class Monitors {
  private static final Logger logger = System.getLogger(Monitors.class.getName());

  private final List<CacheMonitor> monitors;

  Monitors(List<CacheMonitor> monitors) {
    this.monitors = List.copyOf(monitors);
  }

  /** Those that ServiceLoader finds beside this class. */
  static Monitors load() {
    List<CacheMonitor> found = new ArrayList<>();
    Iterator<CacheMonitor> services =
        ServiceLoader.load(CacheMonitor.class, Monitors.class.getClassLoader()).iterator();
    // A broken provider fails one step of the iteration, not the loader.
    for (boolean more = true; more; ) {
      try {
        more = services.hasNext();
        if (more) {
          found.add(services.next());
        }
      } catch (ServiceConfigurationError e) {
        logger.log(Level.WARNING, () -> "A cache monitor could not be loaded; going on", e);
      }
    }
    return new Monitors(found);
  }

  void tell(Consumer<CacheMonitor> news) {
    for (CacheMonitor monitor : monitors) {
      try {
        news.accept(monitor);
      } catch (RuntimeException | LinkageError e) {
        logger.log(
            Level.WARNING, () -> monitor.getClass().getName() + " failed; going on without", e);
      }
    }
  }
}
