/** Beans over the other modules, each of which may be absent. */
module io.holdfast.jmx {
  requires transitive java.management;
  requires static transitive org.jspecify;
  requires static io.holdfast.jcache;
  requires static io.holdfast.jdbc;
  requires static io.holdfast.response;

  exports io.holdfast.jmx;

  provides io.holdfast.jcache.spi.CacheMonitor with
      io.holdfast.jmx.CacheBeans;
  provides io.holdfast.schema.spi.DatabaseMonitor with
      io.holdfast.jmx.DatabaseBeans;
  provides io.holdfast.response.spi.ResponseCacheMonitor with
      io.holdfast.jmx.ResponseCacheBeans;
}
