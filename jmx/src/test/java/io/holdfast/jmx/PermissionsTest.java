package io.holdfast.jmx;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.Set;
import java.util.stream.Stream;
import javax.management.MBeanInfo;
import javax.management.MBeanOperationInfo;
import javax.management.MBeanServer;
import javax.management.MBeanServerFactory;
import javax.management.ObjectName;
import javax.management.ReflectionException;
import javax.management.RuntimeMBeanException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What the owner of the process permits, and what beans offer of it. */
class PermissionsTest {

  private static final InstantSource CLOCK = InstantSource.fixed(Instant.EPOCH);

  private static Permissions permissions(String operations, String directory) {
    var settings = new HashMap<String, String>();
    settings.put("holdfast.jmx.operations", operations);
    settings.put("holdfast.jmx.backupDirectory", directory);
    return Permissions.of(settings::get);
  }

  @ParameterizedTest
  @CsvSource(
      nullValues = "-",
      value = {
        "-,         -,       READS MAINTAINS",
        "-,         backups, READS MAINTAINS COPIES",
        "read,      backups, READS",
        "maintain,  -,       READS MAINTAINS",
        "all,       -,       READS MAINTAINS DELETES",
        "' All ',   backups, READS MAINTAINS DELETES COPIES",
        "all,       ' ',     READS MAINTAINS DELETES",
        "true,      backups, READS",
        "'',        -,       READS",
      })
  void settings_permitWhatTheySay_andNothingWhereTheyMakeNoSense(
      String operations, String directory, String effects) {
    assertThat(permissions(operations, directory).effects())
        .extracting(Effect::name)
        .containsExactlyInAnyOrder(effects.split(" "));
  }

  @Test
  void directoryThatIsNoPath_isNone() {
    assertThat(permissions("all", "\0").backupDirectory()).isNull();
    assertThat(permissions("all", "\0").effects()).doesNotContain(Effect.COPIES);
  }

  @ParameterizedTest
  @CsvSource(
      nullValues = "-",
      value = {
        "read,     backups, '',                ''",
        "maintain, -,       evictExpired,       checkpoint",
        "maintain, backups, evictExpired,       checkpoint backup",
        "all,      -,       evictExpired clear, checkpoint",
        "all,      backups, evictExpired clear, checkpoint backup",
      })
  void operations_notPermitted_areAbsent(
      String setting, String directory, String ofCache, String ofFile) throws Exception {
    MBeanServer server = MBeanServerFactory.newMBeanServer();
    var beans = new CacheBeans(server, permissions(setting, directory), CLOCK);
    beans.cacheOpened(new Sources.Cache("orders"));
    beans.fileOpened(new Sources.File(Path.of("cache.db")));
    assertThat(operations(server, "io.holdfast:type=Cache,name=orders")).isEqualTo(words(ofCache));
    assertThat(operations(server, "io.holdfast:type=CacheFile,name=cache.db"))
        .isEqualTo(words(ofFile));
  }

  private static Set<String> words(String text) {
    return text.isEmpty() ? Set.of() : Set.of(text.split(" "));
  }

  private static Set<String> operations(MBeanServer server, String bean) throws Exception {
    MBeanInfo info = server.getMBeanInfo(new ObjectName(bean));
    return Set.copyOf(
        Stream.of(info.getOperations()).map(MBeanOperationInfo::getName).toList());
  }

  /** Not in the list, and not behind it either. */
  @Test
  void operationNotPermitted_calledAllTheSame_isUnknown() throws Exception {
    MBeanServer server = MBeanServerFactory.newMBeanServer();
    var cache = new Sources.Cache("orders");
    var bean = new ObjectName("io.holdfast:type=Cache,name=orders");
    new CacheBeans(server, permissions("maintain", null), CLOCK).cacheOpened(cache);
    for (String operation : new String[] {"clear", "getHitCount", "mbean", "release", "hashCode"}) {
      assertThatThrownBy(() -> server.invoke(bean, operation, new Object[0], new String[0]))
          .as(operation)
          .isInstanceOf(ReflectionException.class)
          .hasMessageContaining(operation);
    }
    assertThat(cache.clears).isZero();
  }

  @Test
  void operationPermitted_isDone() throws Exception {
    MBeanServer server = MBeanServerFactory.newMBeanServer();
    var cache = new Sources.Cache("orders");
    var bean = new ObjectName("io.holdfast:type=Cache,name=orders");
    new CacheBeans(server, permissions("all", null), CLOCK).cacheOpened(cache);
    server.invoke(bean, "clear", new Object[0], new String[0]);
    assertThat(cache.clears).isEqualTo(1);
    assertThat(server.invoke(bean, "evictExpired", new Object[0], new String[0]))
        .isEqualTo(41);
  }

  /** A remote client has none of our classes, so nothing of ours may be in what it gets. */
  @Test
  void operationFails_theMessageArrives_inAnExceptionOfTheJdkWithoutACause() throws Exception {
    MBeanServer server = MBeanServerFactory.newMBeanServer();
    var cache = new Sources.Cache("orders");
    cache.failing = true;
    var bean = new ObjectName("io.holdfast:type=Cache,name=orders");
    new CacheBeans(server, permissions("all", null), CLOCK).cacheOpened(cache);
    assertThatThrownBy(() -> server.invoke(bean, "evictExpired", new Object[0], new String[0]))
        .isInstanceOf(RuntimeMBeanException.class)
        .cause()
        .isExactlyInstanceOf(IllegalStateException.class)
        .hasMessage("Cannot evict expired entries: the disk is full")
        .hasNoCause();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "String",
        "/etc/passwd",
        "/tmp/x.db",
        "../x.db",
        "a/../../x.db",
        "a/b.db",
        "a\\b.db",
        "C:x.db",
        "..",
        ".db",
        ".hidden.db",
        "-x.db",
        "x.db ",
        " x.db",
        "x.db\n",
        "x\0.db",
        "x.db-wal",
        "x.db-journal",
        "x.db-shm",
        "x.DB",
        "ünïcode.db",
        "x;y.db",
        "~root.db",
        "file:x.db",
        "x.db?mode=memory"
      })
  void backupPlace_hostileName_isRefused(String name) {
    var place = new BackupPlace(Path.of("/backups"));
    assertThatThrownBy(() -> place.of(name)).isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> place.of("x".repeat(101) + ".db"))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @ParameterizedTest
  @ValueSource(strings = {"x.db", "monday-1.db", "2026-11-21T14.30_shop.db", "a..b.db"})
  void backupPlace_plainName_isInTheDirectory(String name) {
    Path directory = Path.of("/backups");
    assertThat(new BackupPlace(directory).of(name)).isEqualTo(directory.resolve(name));
  }

  @Test
  void ofSystemProperties_nothingSet_maintains() {
    assertThat(Permissions.ofSystemProperties().effects())
        .containsExactlyInAnyOrder(Effect.READS, Effect.MAINTAINS);
  }
}
