package io.holdfast.jdbc;

import java.io.PrintWriter;
import java.sql.Connection;
import java.sql.Driver;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.Properties;
import java.util.logging.Logger;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/** Raw connections of a driver, as a data source. */
final class UrlDataSource implements DataSource {

  private final Driver driver;
  private final HoldfastUrl url;

  UrlDataSource(Driver driver, HoldfastUrl url) {
    this.driver = driver;
    this.url = url;
  }

  @Override
  public Connection getConnection() throws SQLException {
    return HoldfastDriver.open(driver, url);
  }

  @Override
  public Connection getConnection(String user, String password) throws SQLException {
    Properties properties = url.copyOfTargetProperties();
    properties.setProperty("user", user);
    properties.setProperty("password", password);
    return HoldfastDriver.open(driver, new HoldfastUrl(url.target(), properties, url.options()));
  }

  // A driver has these settings for the whole virtual machine only.

  @Override
  public @Nullable PrintWriter getLogWriter() {
    return DriverManager.getLogWriter();
  }

  @Override
  public void setLogWriter(@Nullable PrintWriter out) {
    DriverManager.setLogWriter(out);
  }

  @Override
  public int getLoginTimeout() {
    return DriverManager.getLoginTimeout();
  }

  @Override
  public void setLoginTimeout(int seconds) {
    DriverManager.setLoginTimeout(seconds);
  }

  @Override
  public Logger getParentLogger() {
    return Logger.getLogger("io.holdfast");
  }

  @Override
  public <T> T unwrap(Class<T> type) throws SQLException {
    if (type.isInstance(this)) {
      return type.cast(this);
    }
    throw new SQLException("No " + type.getName() + " behind a Holdfast URL.");
  }

  @Override
  public boolean isWrapperFor(Class<?> type) {
    return type.isInstance(this);
  }
}
