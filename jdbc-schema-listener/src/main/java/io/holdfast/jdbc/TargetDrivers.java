package io.holdfast.jdbc;

import java.sql.Driver;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.Iterator;
import java.util.LinkedHashSet;
import java.util.Optional;
import java.util.ServiceConfigurationError;
import java.util.ServiceLoader;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Finds the driver behind ours: the one that is named, else one that is registered, else one that a
 * class loader offers.
 *
 * <p>{@code DriverManager} alone is not enough: it shows only drivers that the caller's class loader
 * sees, and one driver whose static initialiser fails hides all that come after it. So each candidate
 * is asked on its own, and what it throws counts as no.
 */
final class TargetDrivers {

  private static final System.Logger LOGGER = System.getLogger(TargetDrivers.class.getName());

  private TargetDrivers() {}

  /**
   * The driver for a target.
   *
   * @throws SQLException if there is none, naming the URL without its password
   */
  static Driver require(String targetUrl, String className) throws SQLException {
    if (!className.isEmpty()) {
      return named(className);
    }
    return registered(targetUrl)
        .or(() -> offered(targetUrl))
        .orElseThrow(() -> new SQLException("No JDBC driver accepts " + MaskedUrl.of(targetUrl)
            + ". Is it on the class path? Its class can be named as targetDriver."));
  }

  private static Optional<Driver> registered(String targetUrl) {
    return DriverManager.drivers().filter(driver -> accepts(driver, targetUrl)).findFirst();
  }

  private static Optional<Driver> offered(String targetUrl) {
    for (ClassLoader loader : loaders()) {
      Iterator<Driver> drivers = ServiceLoader.load(Driver.class, loader).iterator();
      Driver driver;
      while ((driver = nextSound(drivers)) != null) {
        if (accepts(driver, targetUrl)) {
          return Optional.of(driver);
        }
      }
    }
    return Optional.empty();
  }

  /** The next provider that loads, or null at the end. */
  private static @Nullable Driver nextSound(Iterator<Driver> drivers) {
    while (true) {
      try {
        return drivers.hasNext() ? drivers.next() : null;
      } catch (ServiceConfigurationError | LinkageError e) {
        LOGGER.log(System.Logger.Level.DEBUG, () -> "Skipping a JDBC driver that fails to load", e);
      }
    }
  }

  private static boolean accepts(Driver driver, String targetUrl) {
    // By name: ours may be there a second time, from another class loader.
    if (driver.getClass().getName().equals(HoldfastDriver.class.getName())) {
      return false;
    }
    try {
      return driver.acceptsURL(targetUrl);
    } catch (SQLException | RuntimeException | LinkageError e) {
      LOGGER.log(
          System.Logger.Level.DEBUG, () -> driver.getClass() + " fails when asked for a URL", e);
      return false;
    }
  }

  private static Driver named(String className) throws SQLException {
    Throwable reason = null;
    for (ClassLoader loader : loaders()) {
      try {
        Object driver =
            Class.forName(className, true, loader).getDeclaredConstructor().newInstance();
        if (driver instanceof Driver target && !(driver instanceof HoldfastDriver)) {
          return target;
        }
        throw new SQLException(
            className
                + " cannot be the target of Holdfast: it is not a JDBC driver other than ours.",
            ConnectOptions.INVALID_ATTRIBUTE_VALUE);
      } catch (ReflectiveOperationException | LinkageError e) {
        reason = e;
      }
    }
    throw new SQLException(
        "The target driver " + className + " does not load.",
        ConnectOptions.INVALID_ATTRIBUTE_VALUE,
        reason);
  }

  private static Set<ClassLoader> loaders() {
    var loaders = new LinkedHashSet<ClassLoader>();
    ClassLoader context = Thread.currentThread().getContextClassLoader();
    if (context != null) {
      loaders.add(context);
    }
    loaders.add(classLoaderOf(TargetDrivers.class));
    return loaders;
  }

  private static ClassLoader classLoaderOf(Class<?> type) {
    ClassLoader loader = type.getClassLoader();
    return loader == null ? ClassLoader.getSystemClassLoader() : loader;
  }
}
