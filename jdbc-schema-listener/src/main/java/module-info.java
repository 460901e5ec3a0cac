/** The wrapper driver and the schema watch. */
module io.holdfast.jdbc {
  requires transitive java.sql;
  requires static transitive org.jspecify;
  requires com.zaxxer.hikari;
  requires static jdk.jfr;

  exports io.holdfast.jdbc;
  exports io.holdfast.jdbc.ddl;
  exports io.holdfast.schema;
  exports io.holdfast.schema.spi;

  provides java.sql.Driver with
      io.holdfast.jdbc.HoldfastDriver;

  uses java.sql.Driver;
  uses io.holdfast.schema.spi.DatabaseMonitor;
}
