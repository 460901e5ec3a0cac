package io.holdfast.bench.peers;

import com.zaxxer.hikari.HikariDataSource;
import io.holdfast.jdbc.HoldfastConnection;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import net.ttddyy.dsproxy.support.ProxyDataSourceBuilder;
import org.h2.jdbcx.JdbcDataSource;

/** The drivers of the comparison. */
public enum DriverKind {
  /** The database's own, and the baseline. */
  RAW,
  /** Listens for DDL and keeps fingerprints; somebody wants to hear of drifts. */
  HOLDFAST,
  /** Set to write nothing; it measures each statement all the same. */
  P6SPY,
  /** Without a listener, so that it only passes on. */
  DATASOURCE_PROXY,
  /** Its JDBC instrumentation, with nobody to receive the spans. */
  OPENTELEMETRY,
  /** The proxies of the pool, which know which statements are open. */
  HIKARI;

  @SuppressWarnings("resource") // The pool goes with the JVM of the measurement.
  Connection connect(String subUrl) throws SQLException {
    String url = "jdbc:" + subUrl;
    return switch (this) {
      case RAW -> DriverManager.getConnection(url);
      case HOLDFAST -> {
        Connection connection = DriverManager.getConnection("jdbc:holdfast:" + subUrl);
        connection
            .unwrap(HoldfastConnection.class)
            .database()
            .orElseThrow()
            .addListener(drift -> {});
        yield connection;
      }
      case P6SPY -> {
        System.setProperty("p6spy.config.modulelist", "com.p6spy.engine.logging.P6LogFactory");
        System.setProperty(
            "p6spy.config.excludecategories",
            "info,debug,result,resultset,batch,statement,commit,rollback");
        yield DriverManager.getConnection("jdbc:p6spy:" + subUrl);
      }
      case DATASOURCE_PROXY -> {
        var source = new JdbcDataSource();
        source.setURL(url);
        yield ProxyDataSourceBuilder.create(source).build().getConnection();
      }
      case OPENTELEMETRY -> DriverManager.getConnection("jdbc:otel:" + subUrl);
      case HIKARI -> {
        var source = new HikariDataSource();
        source.setJdbcUrl(url);
        source.setMaximumPoolSize(1);
        yield source.getConnection();
      }
    };
  }
}
