package io.holdfast.jmx;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.lang.ref.WeakReference;
import java.lang.reflect.Constructor;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Driver;
import java.sql.DriverManager;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import javax.management.MBeanServer;
import javax.management.ObjectName;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Applications that come and go in one JVM, each with all jars in a class loader of its own. */
@Timeout(300)
class RedeployTest {

  private static final int REDEPLOYMENTS = Integer.getInteger("holdfast.redeployments", 2);

  private final MBeanServer platform = ManagementFactory.getPlatformMBeanServer();

  @TempDir
  Path directory;

  private Set<String> beansBefore;
  private Set<Driver> driversBefore;

  @BeforeEach
  void lookAround() throws Exception {
    beansBefore = beans();
    driversBefore = drivers();
  }

  @AfterEach
  void nothingIsLeft() throws Exception {
    assertThat(beans()).isEqualTo(beansBefore);
    assertThat(drivers()).isEqualTo(driversBefore);
    for (int i = 0; i < 500 && !threads().isEmpty(); i++) {
      TimeUnit.MILLISECONDS.sleep(20);
    }
    assertThat(threads()).isEmpty();
  }

  private Set<String> beans() throws Exception {
    var names = new TreeSet<String>();
    for (String domain : List.of("io.holdfast", "javax.cache", "com.zaxxer.hikari")) {
      platform
          .queryNames(new ObjectName(domain + ":*"), null)
          .forEach(bean -> names.add(bean.getCanonicalName()));
    }
    return names;
  }

  private static Set<Driver> drivers() {
    return DriverManager.drivers().collect(Collectors.toSet());
  }

  private static Set<String> threads() {
    return Thread.getAllStackTraces().keySet().stream()
        .map(Thread::getName)
        .filter(name -> name.startsWith("holdfast") || name.contains("Hikari"))
        .collect(Collectors.toCollection(TreeSet::new));
  }

  /** An application in its loader; the test's own classes never touch its types. */
  private static final class Deployment implements AutoCloseable {
    private final URLClassLoader loader;
    private final Object application;

    Deployment(Path file, String database) throws IOException {
      loader = new URLClassLoader(classPath(), ClassLoader.getPlatformClassLoader());
      application = asApplication(() -> {
        Constructor<?> constructor = loader
            .loadClass("io.holdfast.jmx.DeployedApplication")
            .getDeclaredConstructor(Path.class, String.class);
        constructor.setAccessible(true);
        return constructor.newInstance(file, database);
      });
    }

    private static URL[] classPath() throws IOException {
      var urls = new ArrayList<URL>();
      for (String entry : System.getProperty("java.class.path").split(File.pathSeparator, -1)) {
        urls.add(Path.of(entry).toUri().toURL());
      }
      return urls.toArray(URL[]::new);
    }

    private interface Work {
      Object run() throws Exception;
    }

    /** As a container calls it. */
    private Object asApplication(Work work) {
      Thread thread = Thread.currentThread();
      ClassLoader before = thread.getContextClassLoader();
      thread.setContextClassLoader(loader);
      try {
        return work.run();
      } catch (Exception e) {
        throw new IllegalStateException(e);
      } finally {
        thread.setContextClassLoader(before);
      }
    }

    void run() {
      asApplication(() -> {
        ((Runnable) application).run();
        return application;
      });
    }

    WeakReference<ClassLoader> loader() {
      return new WeakReference<>(loader);
    }

    @Override
    public void close() throws IOException {
      asApplication(() -> {
        ((AutoCloseable) application).close();
        return application;
      });
      loader.close();
    }
  }

  @Test
  void twoApplicationsInOneJvm_haveBeansOfTheirOwn_andLeaveNothing() throws Exception {
    Path oneFile = Files.createDirectory(directory.resolve("one")).resolve("cache.db");
    Path otherFile = Files.createDirectory(directory.resolve("other")).resolve("cache.db");
    try (var one = new Deployment(oneFile, "shop")) {
      try (var other = new Deployment(otherFile, "shop")) {
        one.run();
        other.run();
        assertThat(named("Cache")).containsExactly("answers", "answers~2");
        assertThat(named("ResponseCache")).containsExactly("answers", "answers~2");
        assertThat(named("CacheFile")).containsExactly("cache.db", "cache.db~2");
        assertThat(poolsOfFiles(2)).hasSize(2).doesNotHaveDuplicates();
        assertThat(pools("holdfast-catalog-")).hasSize(2).doesNotHaveDuplicates();
        for (String cache : named("Cache")) {
          assertThat((long) platform.getAttribute(
                  new ObjectName("io.holdfast:type=Cache,name=" + cache), "PutCount"))
              .isEqualTo(20);
        }
      }
      assertThat(named("Cache")).containsExactly("answers");
      assertThat(poolsOfFiles(1)).hasSize(1);
      assertThat(pools("holdfast-catalog-")).hasSize(1);
      one.run();
    }
  }

  /** Those of the cache files, which have them a second after they were opened. */
  private List<String> poolsOfFiles(int wanted) throws Exception {
    for (int i = 0; i < 1_500 && pools("-cache.db)").size() < wanted; i++) {
      TimeUnit.MILLISECONDS.sleep(20);
    }
    return pools("-cache.db)");
  }

  /** HikariCP's beans of pools whose name has this in it; each can be read. */
  private List<String> pools(String part) throws Exception {
    var names = new ArrayList<String>();
    for (ObjectName bean : platform.queryNames(new ObjectName("com.zaxxer.hikari:*"), null)) {
      String type = bean.getKeyProperty("type");
      if (type.startsWith("Pool (holdfast-") && type.contains(part)) {
        assertThat((int) platform.getAttribute(bean, "TotalConnections")).isNotNegative();
        names.add(type);
      }
    }
    return names;
  }

  private List<String> named(String type) throws Exception {
    return platform.queryNames(new ObjectName("io.holdfast:type=" + type + ",*"), null).stream()
        .map(bean -> bean.getKeyProperty("name"))
        .sorted()
        .toList();
  }

  @Test
  void redeployments_eachClassLoaderIsCollected() throws Exception {
    var loaders = new ArrayList<WeakReference<ClassLoader>>();
    for (int i = 0; i < REDEPLOYMENTS; i++) {
      loaders.add(deployAndUndeploy());
    }
    forgetTheLastCast();
    for (int i = 0; i < 100 && alive(loaders) > 0; i++) {
      System.gc();
      TimeUnit.MILLISECONDS.sleep(100);
    }
    assertThat(alive(loaders)).isZero();
  }

  /**
   * The JDK's code behind the methods of records keeps the last type that it cast a component to, and
   * with it one class loader, until the record of yet another loader comes along: this one.
   */
  private record Link(@Nullable Link next) implements Runnable {
    @Override
    public void run() {
      var same = new Link(next);
      assertThat(equals(same) && hashCode() == same.hashCode()).isTrue();
      assertThat(toString()).isNotEmpty();
    }
  }

  private static void forgetTheLastCast() throws Exception {
    try (var other =
        new URLClassLoader(Deployment.classPath(), ClassLoader.getPlatformClassLoader())) {
      Constructor<?> constructor =
          other.loadClass(Link.class.getName()).getDeclaredConstructors()[0];
      constructor.setAccessible(true);
      ((Runnable) constructor.newInstance((Object) null)).run();
    }
  }

  private WeakReference<ClassLoader> deployAndUndeploy() throws IOException {
    try (var deployment = new Deployment(directory.resolve("cache.db"), "shop")) {
      deployment.run();
      return deployment.loader();
    }
  }

  private static long alive(List<WeakReference<ClassLoader>> loaders) {
    return loaders.stream().filter(loader -> loader.get() != null).count();
  }
}
