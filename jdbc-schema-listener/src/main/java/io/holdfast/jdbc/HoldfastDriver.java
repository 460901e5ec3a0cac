package io.holdfast.jdbc;

import java.sql.Connection;
import java.sql.Driver;
import java.sql.DriverManager;
import java.sql.DriverPropertyInfo;
import java.sql.SQLException;
import java.util.Properties;
import java.util.logging.Logger;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The wrapper driver: {@code jdbc:holdfast:postgresql://host/db} opens {@code
 * jdbc:postgresql://host/db} with the driver that accepts it, passes every call on, and hears DDL on
 * the way. Connections are {@link HoldfastConnection}s.
 *
 * <p>Options stand in brackets after the prefix, {@code jdbc:holdfast(poll=5s):h2:mem:shop}, or among
 * the connection properties as {@code holdfast.poll}; the target sees neither. {@code poll}, {@code
 * linger} and {@code firstReadingWait} are durations ({@code 500ms}, {@code 5s}, {@code 1m}), {@code
 * schemas} is a list, {@code targetDriver} a class name.
 *
 * <p>Has no state but its registration; safe from any thread.
 */
public final class HoldfastDriver implements Driver {

  private static final int MAJOR_VERSION = 0;
  private static final int MINOR_VERSION = 1;

  private static @Nullable HoldfastDriver registered;

  // DriverManager stops loading drivers at the first
  // one that throws, so nothing may leave this block.
  static {
    try {
      register();
    } catch (Throwable e) {
      Logger.getLogger("io.holdfast")
          .log(java.util.logging.Level.WARNING, "The Holdfast driver is not registered", e);
    }
  }

  /** For {@code ServiceLoader} and frameworks; a new object is as good as the registered one. */
  public HoldfastDriver() {}

  /**
   * Registers the driver with {@link DriverManager}, as loading the class does; twice is quiet.
   *
   * @throws SQLException if DriverManager refuses
   */
  public static synchronized void register() throws SQLException {
    if (registered == null) {
      var driver = new HoldfastDriver();
      DriverManager.registerDriver(driver);
      registered = driver;
    }
  }

  /**
   * Takes the driver out of {@link DriverManager}, which else keeps the class loader of an undeployed
   * application alive; twice is quiet. Open connections go on.
   *
   * @throws SQLException if DriverManager refuses
   */
  public static synchronized void deregister() throws SQLException {
    if (registered != null) {
      DriverManager.deregisterDriver(registered);
      registered = null;
    }
  }

  /** Whether the driver is registered through this class. */
  public static synchronized boolean isRegistered() {
    return registered != null;
  }

  /** How many connections were opened without a watch because it failed; since the class was loaded. */
  public static long watchFailures() {
    return Attachment.failures();
  }

  @Override
  public boolean acceptsURL(@Nullable String url) {
    return HoldfastUrl.accepts(url);
  }

  /**
   * Opens a connection of the target, listening.
   *
   * @return null if the URL is not ours
   * @throws SQLException the target's own, untouched; or ours if the URL is null, an option is
   *     malformed, or no driver accepts the target
   */
  @Override
  public @Nullable Connection connect(@Nullable String url, @Nullable Properties info)
      throws SQLException {
    if (url == null) {
      throw new SQLException("The JDBC URL is null.", ConnectOptions.INVALID_ATTRIBUTE_VALUE);
    }
    if (!acceptsURL(url)) {
      return null;
    }
    HoldfastUrl parsed = HoldfastUrl.parse(url, info);
    Driver target = TargetDrivers.require(parsed.target(), parsed.options().targetDriver());
    return Attachment.attach(
        open(target, parsed),
        parsed.target(),
        parsed.targetProperties().getProperty("user", ""),
        () -> open(target, parsed),
        parsed.options());
  }

  /** Opens a raw connection; only SQLException leaves, whatever the target throws. */
  static Connection open(Driver target, HoldfastUrl url) throws SQLException {
    Connection raw;
    try {
      raw = target.connect(url.target(), url.copyOfTargetProperties());
    } catch (RuntimeException | LinkageError e) {
      throw new SQLException(
          target.getClass().getName() + " failed to open " + MaskedUrl.of(url.target()) + ".", e);
    }
    if (raw == null) {
      throw new SQLException(
          target.getClass().getName() + " does not open " + MaskedUrl.of(url.target()) + ".");
    }
    return raw;
  }

  /** Our own options, then the target's. */
  @Override
  public DriverPropertyInfo[] getPropertyInfo(@Nullable String url, @Nullable Properties info)
      throws SQLException {
    if (url == null || !acceptsURL(url)) {
      return ConnectOptions.DEFAULT.propertyInfo();
    }
    HoldfastUrl parsed = HoldfastUrl.parse(url, info);
    Driver target = TargetDrivers.require(parsed.target(), parsed.options().targetDriver());
    DriverPropertyInfo[] targets;
    try {
      targets = target.getPropertyInfo(parsed.target(), parsed.copyOfTargetProperties());
    } catch (RuntimeException | LinkageError e) {
      throw new SQLException(target.getClass().getName() + " failed to tell its properties.", e);
    }
    return Stream.concat(
            Stream.of(parsed.options().propertyInfo()),
            targets == null ? Stream.empty() : Stream.of(targets))
        .toArray(DriverPropertyInfo[]::new);
  }

  @Override
  public int getMajorVersion() {
    return MAJOR_VERSION;
  }

  @Override
  public int getMinorVersion() {
    return MINOR_VERSION;
  }

  /** Always false: compliance is the target's to claim. */
  @Override
  public boolean jdbcCompliant() {
    return false;
  }

  /** Ours, whatever the target. */
  @Override
  public Logger getParentLogger() {
    return Logger.getLogger("io.holdfast");
  }
}
