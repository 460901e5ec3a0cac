package io.holdfast.jmx;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.holdfast.jcache.HoldfastCachingProvider;
import io.holdfast.response.CachedResponse;
import io.holdfast.response.ResponseCache;
import io.holdfast.response.ResponseKey;
import io.holdfast.response.spi.SemanticIndex;
import io.holdfast.response.spi.SemanticScope;
import io.holdfast.response.spi.SemanticStage;
import java.lang.management.ManagementFactory;
import java.lang.reflect.Proxy;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.Statement;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Properties;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Predicate;
import java.util.stream.Stream;
import javax.cache.Cache;
import javax.cache.CacheException;
import javax.cache.CacheManager;
import javax.cache.configuration.MutableConfiguration;
import javax.management.MBeanNotificationInfo;
import javax.management.MBeanServerConnection;
import javax.management.MalformedObjectNameException;
import javax.management.Notification;
import javax.management.NotificationListener;
import javax.management.ObjectName;
import javax.management.openmbean.CompositeData;
import javax.management.remote.JMXConnector;
import javax.management.remote.JMXConnectorFactory;
import javax.management.remote.JMXConnectorServer;
import javax.management.remote.JMXConnectorServerFactory;
import javax.management.remote.JMXServiceURL;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** What a subscriber at the other end of a real connection hears of real caches. */
@Timeout(120)
@DisabledOnOs(OS.WINDOWS)
class NotificationsTest {

  private static final ObjectName WORDS = name("io.holdfast:type=Cache,name=words");

  @TempDir
  Path directory;

  private final BlockingQueue<Notification> heard = new LinkedBlockingQueue<>();
  private final HoldfastCachingProvider provider = new HoldfastCachingProvider();
  private JMXConnectorServer server;
  private JMXConnector connector;
  private MBeanServerConnection remote;

  @BeforeEach
  @SuppressWarnings("BanJNDI") // the address is this test's own, on the loopback
  void connect() throws Exception {
    server = JMXConnectorServerFactory.newJMXConnectorServer(
        new JMXServiceURL("rmi", "127.0.0.1", 0), null, ManagementFactory.getPlatformMBeanServer());
    server.start();
    connector = JMXConnectorFactory.connect(server.getAddress());
    remote = connector.getMBeanServerConnection();
  }

  @AfterEach
  void disconnect() throws Exception {
    provider.close();
    connector.close();
    server.stop();
  }

  private static ObjectName name(String text) {
    try {
      return new ObjectName(text);
    } catch (MalformedObjectNameException e) {
      throw new IllegalArgumentException(e);
    }
  }

  private Cache<String, String> words(CacheManager manager) {
    return manager.createCache(
        "words", new MutableConfiguration<String, String>().setTypes(String.class, String.class));
  }

  private CacheManager manager(String... settings) {
    var properties = new Properties();
    for (int i = 0; i < settings.length; i += 2) {
      properties.setProperty(settings[i], settings[i + 1]);
    }
    return provider.getCacheManager(
        directory.resolve("cache.db").toUri(), getClass().getClassLoader(), properties);
  }

  private NotificationListener subscribe(ObjectName bean) throws Exception {
    NotificationListener listener = (notification, handback) -> heard.add(notification);
    remote.addNotificationListener(bean, listener, null, null);
    return listener;
  }

  private Notification next() throws InterruptedException {
    Notification notification = heard.poll(60, TimeUnit.SECONDS);
    assertThat(notification).isNotNull();
    return notification;
  }

  private String[] declared(ObjectName bean) throws Exception {
    return Stream.of(remote.getMBeanInfo(bean).getNotifications())
        .map(MBeanNotificationInfo::getNotifTypes)
        .flatMap(Stream::of)
        .toArray(String[]::new);
  }

  @Test
  void cache_atItsLimit_saysOnceThatItEvicts() throws Exception {
    try (CacheManager manager =
        manager("holdfast.heap.entries", "10", "holdfast.disk.entries", "50")) {
      Cache<String, String> cache = words(manager);
      subscribe(WORDS);
      assertThat(declared(WORDS))
          .containsExactly(
              "io.holdfast.cache.eviction.began",
              "io.holdfast.cache.eviction.ended",
              "io.holdfast.cache.failure.began",
              "io.holdfast.cache.failure.ended");
      for (int i = 0; i < 500; i++) {
        cache.put("key " + i, "value");
      }
      Notification notification = next();
      assertThat(notification.getType()).isEqualTo("io.holdfast.cache.eviction.began");
      assertThat(notification.getSource()).isEqualTo(WORDS);
      assertThat(notification.getSequenceNumber()).isEqualTo(1);
      assertThat(notification.getMessage())
          .isEqualTo("words: entries are evicted to keep the limits");
      var data = (CompositeData) notification.getUserData();
      assertThat((long) data.get("times")).isPositive();
      assertThat((long) data.get("entriesInFile")).isPositive();
      assertThat(heard).isEmpty();
    }
  }

  @Test
  void cache_whoseFileIsAtItsLimit_saysThatItEvicts() throws Exception {
    try (CacheManager manager =
        manager("holdfast.heap.entries", "10", "holdfast.file.entries", "50")) {
      Cache<String, String> cache = words(manager);
      subscribe(WORDS);
      for (int i = 0; i < 500; i++) {
        cache.put("key " + i, "value");
      }
      assertThat(next().getType()).isEqualTo("io.holdfast.cache.eviction.began");
    }
  }

  /** Another program keeps the write lock for longer than a put is ready to wait. */
  @Test
  void cache_whoseFileIsLocked_saysThatItFails() throws Exception {
    try (CacheManager manager = manager();
        Connection other =
            DriverManager.getConnection("jdbc:sqlite:" + directory.resolve("cache.db"));
        Statement statement = other.createStatement()) {
      Cache<String, String> cache = words(manager);
      subscribe(WORDS);
      statement.execute("BEGIN IMMEDIATE");
      assertThatThrownBy(() -> cache.put("secret key", "secret value"))
          .isInstanceOf(CacheException.class);
      statement.execute("ROLLBACK");

      Notification notification = next();
      assertThat(notification.getType()).isEqualTo("io.holdfast.cache.failure.began");
      assertThat(notification.getMessage()).isEqualTo("words: operations fail because of the file");
      assertThat(((CompositeData) notification.getUserData()).get("times")).isEqualTo(1L);
      assertThat(notification.getUserData().toString()).doesNotContain("secret");
    }
  }

  @Test
  void file_damaged_saysWhatItIsCalledNow() throws Exception {
    var bean = new ObjectName("io.holdfast:type=CacheFile,name=cache.db");
    try (CacheManager manager = manager()) {
      Cache<String, String> cache = words(manager);
      for (int i = 0; i < 60; i++) {
        cache.put("key " + i, "value ".repeat(100));
      }
    }
    try (CacheManager manager = manager()) {
      Cache<String, String> cache = words(manager);
      subscribe(bean);
      assertThat(declared(bean)).containsExactly("io.holdfast.file.setAside");
      overwriteFromPage(1);
      for (int i = 0; i < 60; i++) {
        assertThat(cache.get("key " + i)).isNull();
      }
      Notification notification = next();
      assertThat(notification.getType()).isEqualTo("io.holdfast.file.setAside");
      assertThat(notification.getSource()).isEqualTo(bean);
      var data = (CompositeData) notification.getUserData();
      assertThat(directory.resolve((String) data.get("damagedFile"))).exists();
      assertThat((String) data.get("damagedFile")).startsWith("cache.db.corrupt-");
      assertThat(data.get("count")).isEqualTo(1L);
      assertThat(notification.getMessage()).contains("damaged", (String) data.get("damagedFile"));
    }
  }

  /** From outside: a descriptor of ours, closed, would drop SQLite's locks. */
  private void overwriteFromPage(long page) throws Exception {
    Path file = directory.resolve("cache.db");
    long pages = Files.size(file) / 4_096 - page;
    Process dd = new ProcessBuilder(
            "sh",
            "-c",
            "yes | dd of=\"$0\" bs=4096 seek=" + page + " count=" + pages
                + " iflag=fullblock conv=notrunc 2>/dev/null",
            file.toString())
        .start();
    assertThat(dd.waitFor()).isZero();
  }

  @Test
  void responseCache_overOneThatFails_saysThatItDoesWithout_andThatItIsBack() throws Exception {
    var bean = new ObjectName("io.holdfast:type=ResponseCache,name=docs");
    var failing = new AtomicBoolean(true);
    try (CacheManager manager = manager()) {
      Cache<String, CachedResponse> cache = manager.createCache(
          "answers",
          new MutableConfiguration<String, CachedResponse>()
              .setTypes(String.class, CachedResponse.class));
      try (var responses = ResponseCache.over(failingWhile(failing, cache))
          .name("docs")
          .circuit(2, Duration.ofSeconds(3))
          .build()) {
        subscribe(bean);
        assertThat(declared(bean))
            .containsExactly(
                "io.holdfast.response.bypass.began",
                "io.holdfast.response.bypass.ended",
                "io.holdfast.response.semantic.opened",
                "io.holdfast.response.semantic.closed");
        for (int i = 0; i < 5; i++) {
          assertThat(responses.get(question(i), () -> "because")).isEqualTo("because");
        }
        Notification began = next();
        assertThat(began.getType()).isEqualTo("io.holdfast.response.bypass.began");
        assertThat(began.getSource()).isEqualTo(bean);

        failing.set(false);
        for (int i = 0; (boolean) remote.getAttribute(bean, "CircuitOpen"); i++) {
          assertThat(responses.get(question(i), () -> "because")).isEqualTo("because");
        }
        Notification ended = next();
        assertThat(ended.getType()).isEqualTo("io.holdfast.response.bypass.ended");
        assertThat(ended.getSequenceNumber()).isEqualTo(began.getSequenceNumber() + 1);
        assertThat((long) ((CompositeData) ended.getUserData()).get("calls")).isPositive();
      }
    }
  }

  @Test
  void responseCache_whoseNamespaceOpensAndCloses_saysSo() throws Exception {
    var bean = new ObjectName("io.holdfast:type=ResponseCache,name=chat");
    var stage = new Proven();
    try (CacheManager manager = manager();
        var responses = ResponseCache.over(manager.createCache(
                "answers",
                new MutableConfiguration<String, CachedResponse>()
                    .setTypes(String.class, CachedResponse.class)))
            .name("chat")
            .semantic(stage, "chat")
            .build()) {
      subscribe(bean);
      stage.isOpen = true;
      Notification opened = next();
      assertThat(opened.getType()).isEqualTo("io.holdfast.response.semantic.opened");
      assertThat(opened.getMessage())
          .isEqualTo("chat: answers to other words are served in namespace faq");
      var data = (CompositeData) opened.getUserData();
      assertThat(data.get("namespace")).isEqualTo("faq");
      assertThat(data.get("evidence")).isEqualTo(400L);
      stage.isOpen = false;
      assertThat(next().getType()).isEqualTo("io.holdfast.response.semantic.closed");
      assertThat(heard).isEmpty();
      assertThat(responses.statistics().semantic().scopes()).hasSize(1);
    }
  }

  /** A stage of which only the standing of one namespace is asked. */
  private static final class Proven implements SemanticStage, SemanticIndex {
    private volatile boolean isOpen;

    @Override
    public SemanticIndex open(String cache) {
      return this;
    }

    @Override
    public List<SemanticScope> scopes() {
      return List.of(new SemanticScope("faq", isOpen, 1, 400, 390, 0, 368, 0.009, 0.01, 0.95));
    }

    @Override
    public Optional<Asked> read(String wording) {
      return Optional.empty();
    }

    @Override
    public void add(String partition, String member, String vector) {}

    @Override
    public void removeAll(Predicate<String> partitions) {}

    @Override
    public Optional<Match> match(String namespace, String partition, Asked asked, Entries entries) {
      return Optional.empty();
    }

    @Override
    public void learn(String namespace, double score, boolean isRight) {}

    @Override
    public long size() {
      return 0;
    }
  }

  private static ResponseKey question(int number) {
    return ResponseKey.builder("docs").part("question", "no " + number).build();
  }

  @SuppressWarnings("unchecked")
  private static Cache<String, CachedResponse> failingWhile(
      AtomicBoolean failing, Cache<String, CachedResponse> cache) {
    return (Cache<String, CachedResponse>) Proxy.newProxyInstance(
        NotificationsTest.class.getClassLoader(),
        new Class<?>[] {Cache.class},
        (proxy, method, arguments) -> {
          if (failing.get()) {
            throw new CacheException("the disk is full");
          }
          return method.invoke(cache, arguments);
        });
  }

  /** The thread that looks is there only while somebody listens. */
  @Test
  void nobodyListensAnyMore_theThreadEnds() throws Exception {
    var bean = new ObjectName("io.holdfast:type=Cache,name=words");
    try (CacheManager manager = manager()) {
      words(manager);
      assertThat(samplers()).isZero();
      // Directly: a remote subscription keeps a buffer in the server that listens to every bean.
      var platform = ManagementFactory.getPlatformMBeanServer();
      NotificationListener listener = (notification, handback) -> heard.add(notification);
      platform.addNotificationListener(bean, listener, null, null);
      assertThat(samplers()).isEqualTo(1);
      platform.removeNotificationListener(bean, listener);
      for (int i = 0; i < 1_000 && samplers() > 0; i++) {
        TimeUnit.MILLISECONDS.sleep(10);
      }
      assertThat(samplers()).isZero();
    }
  }

  private static long samplers() {
    return Thread.getAllStackTraces().keySet().stream()
        .filter(thread -> thread.getName().equals("holdfast-jmx-sampler"))
        .count();
  }
}
