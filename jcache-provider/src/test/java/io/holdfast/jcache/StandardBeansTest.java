package io.holdfast.jcache;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.management.ManagementFactory;
import java.nio.file.Path;
import java.util.Set;
import java.util.stream.Collectors;
import javax.cache.configuration.MutableConfiguration;
import javax.management.MBeanServer;
import javax.management.ObjectName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The two MBeans that JSR-107 asks for. */
final class StandardBeansTest {
  private static final MBeanServer SERVER = ManagementFactory.getPlatformMBeanServer();

  @TempDir
  Path directory;

  private Set<String> cachesWithBeans(String type) throws Exception {
    String manager =
        directory.resolve("cache.db").toUri().toString().replaceAll("[,:=\n*?\"]", ".");
    return SERVER
        .queryNames(
            new ObjectName("javax.cache:type=" + type + ",CacheManager=" + manager + ",*"), null)
        .stream()
        .map(name -> name.getKeyProperty("Cache"))
        .collect(Collectors.toSet());
  }

  private static void createMonitored(ManagerFixture fixture, String name) {
    fixture
        .manager()
        .createCache(
            name,
            new MutableConfiguration<String, String>()
                .setTypes(String.class, String.class)
                .setStatisticsEnabled(true)
                .setManagementEnabled(true));
  }

  @Test
  void createCache_namesThatClash_haveABeanEach() throws Exception {
    try (var fixture = new ManagerFixture(directory)) {
      for (String name : new String[] {"a b", "a:b", "a,b", "a=b", "a*b", "a?b", "a\"b", "a\nb"}) {
        createMonitored(fixture, name);
      }
      assertThat(cachesWithBeans("CacheStatistics"))
          .containsExactlyInAnyOrder(
              "a b", "a.b", "a.b~2", "a.b~3", "a.b~4", "a.b~5", "a.b~6", "a.b~7");
    }
    assertThat(cachesWithBeans("CacheStatistics")).isEmpty();
    assertThat(cachesWithBeans("CacheConfiguration")).isEmpty();
  }

  @Test
  void enableStatistics_andManagement_registerAndUnregister() throws Exception {
    try (var fixture = new ManagerFixture(directory)) {
      fixture.words();
      assertThat(cachesWithBeans("CacheStatistics")).isEmpty();
      fixture.manager().enableStatistics("words", true);
      fixture.manager().enableManagement("words", true);
      assertThat(cachesWithBeans("CacheStatistics")).containsExactly("words");
      assertThat(cachesWithBeans("CacheConfiguration")).containsExactly("words");
      fixture.manager().enableStatistics("words", false);
      assertThat(cachesWithBeans("CacheStatistics")).isEmpty();
      fixture.manager().destroyCache("words");
      assertThat(cachesWithBeans("CacheConfiguration")).isEmpty();
    }
  }
}
