package io.holdfast.jdbc;

import io.holdfast.schema.CatalogConnector;
import java.sql.Connection;
import java.sql.ConnectionBuilder;
import java.sql.Driver;
import java.sql.SQLException;
import java.util.Properties;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/**
 * A data source whose connections are {@link HoldfastConnection}s: around another data source, or over
 * a URL. Safe from any thread as far as the target is.
 *
 * <p>The catalog is read over connections of the target, too. Around a pool those are the pool's own;
 * where a thread may hold its last connection while it runs DDL, hand a second source for the catalog
 * to {@link #around(DataSource, DataSource)}.
 */
public final class HoldfastDataSource extends WrappingDataSource
    implements DataSource, AutoCloseable {

  private final DataSource target;
  private final DataSource catalog;
  private final ConnectOptions options;

  private HoldfastDataSource(DataSource target, DataSource catalog, ConnectOptions options) {
    super(target);
    this.target = target;
    this.catalog = catalog;
    this.options = options;
  }

  /** Around a data source; closed with this one if it can be closed. */
  public static HoldfastDataSource around(DataSource target) {
    return new HoldfastDataSource(target, target, ConnectOptions.DEFAULT);
  }

  /** Around a data source, with another one of the same database for reading the catalog. */
  public static HoldfastDataSource around(DataSource target, DataSource catalog) {
    return new HoldfastDataSource(target, catalog, ConnectOptions.DEFAULT);
  }

  /**
   * Over a URL.
   *
   * @param url {@code jdbc:holdfast:…}, options allowed
   * @param properties of the connections, copied
   * @throws SQLException if the URL is not ours, an option is malformed, or no driver accepts it
   */
  public static HoldfastDataSource ofUrl(String url, Properties properties) throws SQLException {
    if (!HoldfastUrl.accepts(url)) {
      throw new SQLException(
          "Not a Holdfast URL: " + MaskedUrl.of(url), ConnectOptions.INVALID_ATTRIBUTE_VALUE);
    }
    HoldfastUrl parsed = HoldfastUrl.parse(url, properties);
    Driver driver = TargetDrivers.require(parsed.target(), parsed.options().targetDriver());
    return ofDriver(driver, parsed);
  }

  /**
   * Over a URL, with the driver given as an object: for class loaders where neither {@code
   * DriverManager} nor a class name leads to it.
   *
   * @param url {@code jdbc:holdfast:…}, options allowed
   * @throws SQLException if the URL is not ours or an option is malformed
   */
  public static HoldfastDataSource ofUrl(Driver driver, String url, Properties properties)
      throws SQLException {
    if (!HoldfastUrl.accepts(url)) {
      throw new SQLException(
          "Not a Holdfast URL: " + MaskedUrl.of(url), ConnectOptions.INVALID_ATTRIBUTE_VALUE);
    }
    return ofDriver(driver, HoldfastUrl.parse(url, properties));
  }

  private static HoldfastDataSource ofDriver(Driver driver, HoldfastUrl url) {
    var source = new UrlDataSource(driver, url);
    return new HoldfastDataSource(source, source, url.options());
  }

  @Override
  public Connection getConnection() throws SQLException {
    return attached(target.getConnection(), catalog::getConnection);
  }

  @Override
  public Connection getConnection(String user, String password) throws SQLException {
    return attached(
        target.getConnection(user, password), () -> catalog.getConnection(user, password));
  }

  @Override
  public ConnectionBuilder createConnectionBuilder() throws SQLException {
    return new AttachingConnectionBuilder(
        target.createConnectionBuilder(), raw -> attached(raw, catalog::getConnection));
  }

  private Connection attached(Connection raw, CatalogConnector connector) throws SQLException {
    return Attachment.attach(raw, connector, options);
  }

  /**
   * Closes the target, and the source for the catalog, if they can be closed; twice is as quiet as
   * they are.
   *
   * @throws SQLException if one of them fails; both have been closed
   */
  @Override
  public void close() throws SQLException {
    SQLException failure = closed(target, null);
    if (catalog != target) {
      failure = closed(catalog, failure);
    }
    if (failure != null) {
      throw failure;
    }
  }

  private static @Nullable SQLException closed(DataSource source, @Nullable SQLException earlier) {
    if (!(source instanceof AutoCloseable closeable)) {
      return earlier;
    }
    try {
      closeable.close();
      return earlier;
    } catch (Exception e) {
      if (e instanceof InterruptedException) {
        Thread.currentThread().interrupt();
      }
      var failure = new SQLException("The data source behind Holdfast failed to close.", e);
      if (earlier != null) {
        failure.addSuppressed(earlier);
      }
      return failure;
    }
  }
}
