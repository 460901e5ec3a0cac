package io.holdfast.jmx;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.ref.WeakReference;
import java.lang.reflect.Proxy;
import java.math.BigDecimal;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;
import javax.management.MBeanAttributeInfo;
import javax.management.MBeanInfo;
import javax.management.MBeanOperationInfo;
import javax.management.MBeanParameterInfo;
import javax.management.MBeanRegistrationException;
import javax.management.MBeanServer;
import javax.management.MBeanServerFactory;
import javax.management.ObjectName;
import javax.management.openmbean.CompositeData;
import javax.management.openmbean.TabularData;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The beans in an MBean server of their own, over sources with known numbers. */
class BeansTest {

  private static final Permissions EVERYTHING =
      new Permissions(EnumSet.allOf(Effect.class), Path.of("backups"));

  private static final InstantSource CLOCK = InstantSource.fixed(Instant.EPOCH);
  private static final Notifier SILENT = Notifier.of("nothing", Notifier.Audience.IGNORED);

  private final MBeanServer server = MBeanServerFactory.newMBeanServer();
  private final CacheBeans caches = new CacheBeans(server, Permissions.of(none -> null), CLOCK);
  private final ResponseCacheBeans responseCaches =
      new ResponseCacheBeans(server, Permissions.of(none -> null), CLOCK);

  private Set<ObjectName> ours() throws Exception {
    return server.queryNames(new ObjectName("io.holdfast:*"), null);
  }

  private Map<String, Object> attributes(String name) throws Exception {
    var values = new TreeMap<String, Object>();
    var objectName = new ObjectName(name);
    for (MBeanAttributeInfo attribute : server.getMBeanInfo(objectName).getAttributes()) {
      values.put(attribute.getName(), server.getAttribute(objectName, attribute.getName()));
    }
    return values;
  }

  @Test
  void cache_open_showsItsCounters() throws Exception {
    caches.cacheOpened(new Sources.Cache("orders"));
    assertThat(attributes("io.holdfast:type=Cache,name=orders"))
        .containsExactlyInAnyOrderEntriesOf(Map.ofEntries(
            Map.entry("CacheName", "orders"),
            Map.entry("HitCount", 20L),
            Map.entry("HeapHitCount", 15L),
            Map.entry("TierHitCount", 5L),
            Map.entry("MissCount", 10L),
            Map.entry("HitPercentage", 66.7),
            Map.entry("HeapHitPercentage", 50.0),
            Map.entry("PutCount", 31L),
            Map.entry("RemovalCount", 32L),
            Map.entry("EvictionCount", 33L),
            Map.entry("ExpirationCount", 34L),
            Map.entry("HeapEntryCount", 35L),
            Map.entry("HeapEntryCountMax", 36L),
            Map.entry("EntryCount", 37L),
            Map.entry("WeightBytes", 38L),
            Map.entry("FailureCount", 39L),
            Map.entry("UndecryptableCount", 40L)));
  }

  @Test
  void cacheFile_open_showsItsCounters() throws Exception {
    caches.fileOpened(new Sources.File(Path.of("/var/lib/app/cache.db")));
    assertThat(attributes("io.holdfast:type=CacheFile,name=cache.db"))
        .containsExactlyInAnyOrderEntriesOf(Map.ofEntries(
            Map.entry("Path", Path.of("/var/lib/app/cache.db").toString()),
            Map.entry("ReadCount", 1L),
            Map.entry("CommitCount", 2L),
            Map.entry("CheckpointCount", 3L),
            Map.entry("BusyRetryCount", 4L),
            Map.entry("FileBytes", 5L),
            Map.entry("WalBytes", 6L),
            Map.entry("ReaderOpenCount", 7L),
            Map.entry("ReaderActiveCount", 8L),
            Map.entry("BufferedWriteCount", 9L),
            Map.entry("BufferedAccessCount", 14L),
            Map.entry("BackgroundFailureCount", 10L),
            Map.entry("ForeignCommitCount", 11L),
            Map.entry("HeapInvalidationCount", 12L),
            Map.entry("WriterQueueLength", 13L),
            Map.entry("ReadLatencyMicrosP50", 1.4),
            Map.entry("ReadLatencyMicrosP99", 1.5),
            Map.entry("ReadLatencyMicrosMax", 1.6),
            Map.entry("CommitLatencyMicrosP50", 1.7),
            Map.entry("CommitLatencyMicrosP99", 1.8),
            Map.entry("CommitLatencyMicrosMax", 1.9),
            Map.entry("SetAsideCount", 9L),
            Map.entry("SetAsideLastFile", "cache.db.corrupt-20261121T063000Z"),
            Map.entry("SetAsideLastTimeMillis", 10L)));
  }

  @Test
  void responseCache_open_showsItsCounters() throws Exception {
    responseCaches.responseCacheOpened(new Sources.Responses("docs"));
    Map<String, Object> values = attributes("io.holdfast:type=ResponseCache,name=docs");
    assertThat(values)
        .containsAllEntriesOf(Map.ofEntries(
            Map.entry("HitCount", 6L),
            Map.entry("MissCount", 2L),
            Map.entry("CoalescedCount", 1L),
            Map.entry("BypassedCount", 1L),
            Map.entry("SemanticHitCount", 17L),
            Map.entry("SemanticRefusedCount", 18L),
            Map.entry("SemanticJudgedCount", 21L),
            Map.entry("SemanticFailureCount", 19L),
            Map.entry("SemanticQuestionCount", 20L),
            // 6 hits, 17 in other words and 1 coalesced, of these and 2 misses and 1 bypassed.
            Map.entry("HitPercentage", 88.9),
            Map.entry("StoredCount", 5L),
            Map.entry("NotStoredCount", 7L),
            Map.entry("ComputeFailureCount", 8L),
            Map.entry("ReadFailureCount", 9L),
            Map.entry("WriteFailureCount", 10L),
            Map.entry("CorruptCount", 11L),
            Map.entry("ExpiredCount", 12L),
            Map.entry("PurgedCount", 13L),
            Map.entry("InFlightCount", 14L),
            Map.entry("CircuitOpen", true),
            Map.entry("ComputeMillis", 15L),
            Map.entry("SavedMillis", 16L)));
    var point = (CompositeData)
        ((TabularData) values.get("SemanticPoints")).get(new Object[] {"chat"}).get("value");
    assertThat(point.get("open")).isEqualTo(true);
    assertThat(point.get("threshold")).isEqualTo(2.5);
    assertThat(point.get("wrong")).isEqualTo(1L);
    assertThat(point.get("upperBound")).isEqualTo(0.009);
    assertThat(((TabularData) values.get("NotStoredByReason"))
            .get(new Object[] {"SUPERSEDED"})
            .get("value"))
        .isEqualTo(4L);
    assertThat(
            ((TabularData) values.get("SpentByUnit")).get(new Object[] {"USD"}).get("value"))
        .isEqualTo(new BigDecimal("1.70"));
    assertThat(
            ((TabularData) values.get("SavedByUnit")).get(new Object[] {"USD"}).get("value"))
        .isEqualTo(new BigDecimal("1.80"));
  }

  @ParameterizedTest
  @ValueSource(
      classes = {
        CacheMXBean.class,
        CacheFileMXBean.class,
        ResponseCacheMXBean.class,
        SchemaDriftMXBean.class
      })
  void everyFeature_isDescribed_everyNumberHasAUnit(Class<?> type) throws Exception {
    MBeanInfo info = described(type);
    assertThat(info.getDescription()).isNotBlank().doesNotContain(type.getSimpleName());
    for (MBeanAttributeInfo attribute : info.getAttributes()) {
      assertThat(attribute.getDescription())
          .as(attribute.getName())
          .isNotBlank()
          .isNotEqualTo(attribute.getName());
      assertThat(attribute.isWritable()).as(attribute.getName()).isFalse();
      if (Set.of("long", "int", "double", "float").contains(attribute.getType())) {
        assertThat((String) attribute.getDescriptor().getFieldValue("units"))
            .as(attribute.getName())
            .isNotBlank();
      }
    }
    for (MBeanOperationInfo operation : info.getOperations()) {
      assertThat(operation.getDescription()).isNotBlank().isNotEqualTo(operation.getName());
      assertThat(operation.getImpact())
          .as(operation.getName())
          .isEqualTo(
              Set.of("tableFingerprint", "exportJournal").contains(operation.getName())
                  ? MBeanOperationInfo.INFO
                  : MBeanOperationInfo.ACTION);
      for (MBeanParameterInfo parameter : operation.getSignature()) {
        assertThat(parameter.getName()).doesNotMatch("p\\d+|arg\\d+");
        assertThat(parameter.getDescription()).isNotBlank().isNotEqualTo(parameter.getName());
      }
    }
  }

  /** The interface needs no working bean behind it to be described. */
  private static <T> MBeanInfo described(Class<T> type) {
    T bean = type.cast(java.lang.reflect.Proxy.newProxyInstance(
        type.getClassLoader(), new Class<?>[] {type}, (proxy, method, arguments) -> {
          throw new IllegalStateException("only described");
        }));
    return new DocumentedBean(bean, type, EVERYTHING, SILENT).getMBeanInfo();
  }

  @Test
  void equalNames_bothAreThere_andEachGoesWithItsOwnSource() throws Exception {
    var first = new Sources.Cache("orders");
    var second = new Sources.Cache("orders");
    var third = new Sources.Cache("orders");
    Stream.of(first, second, third).forEach(caches::cacheOpened);
    assertThat(ours())
        .extracting(name -> name.getKeyProperty("name"))
        .containsExactlyInAnyOrder("orders", "orders~2", "orders~3");
    caches.cacheClosed(second);
    caches.cacheClosed(second);
    assertThat(ours())
        .extracting(name -> name.getKeyProperty("name"))
        .containsExactlyInAnyOrder("orders", "orders~3");
    caches.cacheClosed(first);
    caches.cacheClosed(third);
    assertThat(ours()).isEmpty();
  }

  /** Equal sources are still two: closing one must not take the other's bean. */
  @Test
  void equalSources_areToldApart() throws Exception {
    var first = new Sources.Responses("docs");
    var second = new Sources.Responses("docs");
    assertThat(first).isEqualTo(second);
    responseCaches.responseCacheOpened(first);
    responseCaches.responseCacheOpened(second);
    responseCaches.responseCacheClosed(first);
    assertThat(ours()).extracting(name -> name.getKeyProperty("name")).containsExactly("docs~2");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "a:b,c=d\"*?",
        "a,b",
        "a=b",
        "*",
        "?",
        "\"",
        "\\",
        "a\nb",
        "",
        " ",
        "ünïcode 漢字",
        "a~2",
        "io.holdfast:type=Cache,name=x"
      })
  void oddNames_areRegisteredAndGoneAfterClose(String name) throws Exception {
    var cache = new Sources.Cache(name);
    var twin = new Sources.Cache(name);
    caches.cacheOpened(cache);
    caches.cacheOpened(twin);
    assertThat(ours()).hasSize(2);
    for (ObjectName bean : ours()) {
      assertThat(bean.isPattern()).isFalse();
      assertThat(server.getAttribute(bean, "CacheName")).isEqualTo(name);
    }
    caches.cacheClosed(cache);
    caches.cacheClosed(twin);
    assertThat(ours()).isEmpty();
  }

  @Test
  void safeName_isNotQuoted_andTypeComesFirst() throws Exception {
    caches.cacheOpened(new Sources.Cache("shop-docs 1.2_x%"));
    assertThat(ours())
        .extracting(ObjectName::toString)
        .containsExactly("io.holdfast:type=Cache,name=shop-docs 1.2_x%");
  }

  @Test
  void foreignBeanUnderOurName_isLeftAlone() throws Exception {
    var name = new ObjectName("io.holdfast:type=Cache,name=orders");
    server.registerMBean(
        new DocumentedBean(
            new CacheFileBean(new Sources.File(Path.of("x")), EVERYTHING, new Sampler()),
            CacheFileMXBean.class,
            EVERYTHING,
            SILENT),
        name);
    var cache = new Sources.Cache("orders");
    caches.cacheOpened(cache);
    caches.cacheClosed(cache);
    assertThat(ours()).containsExactly(name);
  }

  @Test
  void beanTakenAwayByOthers_closeIsQuiet() throws Exception {
    var cache = new Sources.Cache("orders");
    caches.cacheOpened(cache);
    server.unregisterMBean(new ObjectName("io.holdfast:type=Cache,name=orders"));
    caches.cacheClosed(cache);
    assertThat(ours()).isEmpty();
  }

  /** A server may refuse: for want of a permission, or because it is being shut down. */
  @Test
  void serverRefuses_whoOpensAndClosesACacheHearsNothing() {
    var asked = new ArrayList<String>();
    var refusing = (MBeanServer) Proxy.newProxyInstance(
        getClass().getClassLoader(),
        new Class<?>[] {MBeanServer.class},
        (proxy, method, arguments) -> {
          asked.add(method.getName());
          throw new SecurityException("no beans here");
        });
    var refused = new CacheBeans(refusing, Permissions.of(none -> null), CLOCK);
    var cache = new Sources.Cache("orders");
    refused.cacheOpened(cache);
    refused.fileOpened(new Sources.File(Path.of("cache.db")));
    refused.cacheClosed(cache);
    assertThat(asked).contains("registerMBean");
  }

  @Test
  void serverFailsToLetGo_whoClosesACacheHearsNothing() throws Exception {
    var refusing = (MBeanServer) Proxy.newProxyInstance(
        getClass().getClassLoader(),
        new Class<?>[] {MBeanServer.class},
        (proxy, method, arguments) -> {
          if (method.getName().equals("unregisterMBean")) {
            throw new MBeanRegistrationException(new IllegalStateException("busy"), "busy");
          }
          return method.invoke(server, arguments);
        });
    var refused = new CacheBeans(refusing, Permissions.of(none -> null), CLOCK);
    var cache = new Sources.Cache("orders");
    refused.cacheOpened(cache);
    assertThat(ours()).hasSize(1);
    refused.cacheClosed(cache);
  }

  @Test
  void sourceFails_theLastNumbersStand() throws Exception {
    var cache = new Sources.Cache("orders");
    caches.cacheOpened(cache);
    Map<String, Object> before = attributes("io.holdfast:type=Cache,name=orders");
    cache.failing = true;
    assertThat(attributes("io.holdfast:type=Cache,name=orders")).isEqualTo(before);
  }

  @Test
  void forgottenSource_isNotHeldByItsBean_andTheBeanGoesWithTheNextOne() throws Exception {
    var forgotten = new WeakReference<>(openAndForget("forgotten"));
    for (int i = 0; i < 100 && forgotten.get() != null; i++) {
      System.gc();
    }
    assertThat(forgotten.get()).isNull();
    assertThat(attributes("io.holdfast:type=Cache,name=forgotten")).containsEntry("HitCount", 0L);
    caches.cacheOpened(new Sources.Cache("next"));
    assertThat(ours()).extracting(name -> name.getKeyProperty("name")).containsExactly("next");
  }

  private Sources.Cache openAndForget(String name) {
    var cache = new Sources.Cache(name);
    caches.cacheOpened(cache);
    return cache;
  }

  @Test
  void percentage_isRoundedToOneDecimalBetween0And100() {
    var shares = new ArrayList<Double>();
    for (long[] share : new long[][] {{0, 0}, {0, 5}, {1, 3}, {2, 3}, {5, 5}}) {
      shares.add(Percentage.of(share[0], share[1]));
    }
    assertThat(shares).isEqualTo(List.of(0.0, 0.0, 33.3, 66.7, 100.0));
  }
}
