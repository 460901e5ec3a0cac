package io.holdfast.jcache;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.lang.management.ManagementFactory;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.logging.Handler;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import javax.cache.Cache;
import javax.management.MBeanAttributeInfo;
import javax.management.MBeanServer;
import javax.management.ObjectName;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * What goes wrong is told without telling keys and values: neither a message, nor the causes below it, nor
 * a log record, nor an MBean holds any part of them.
 */
final class SecretsTest {
  private static final String MARKER = "4711secret";
  private static final String KEY = "key-" + MARKER;
  private static final String VALUE = "value-" + MARKER;

  /** A value that cannot be written, and that says what it holds. */
  static final class Unwritable {
    @Override
    public String toString() {
      return VALUE;
    }
  }

  @TempDir
  Path directory;

  private final Logger log = Logger.getLogger("");
  private final Level levelBefore = log.getLevel();
  private final List<String> logged = new CopyOnWriteArrayList<>();
  private final Handler collecting = new Handler() {
    @Override
    public void publish(LogRecord entry) {
      Throwable thrown = entry.getThrown();
      logged.add(entry.getMessage() + (thrown == null ? "" : stackTrace(thrown)));
    }

    @Override
    public void flush() {}

    @Override
    public void close() {}
  };
  private ManagerFixture fixture;

  @BeforeEach
  void open() {
    log.setLevel(Level.ALL);
    collecting.setLevel(Level.ALL);
    log.addHandler(collecting);
    fixture = new ManagerFixture(directory);
  }

  @AfterEach
  void close() {
    fixture.close();
    log.removeHandler(collecting);
    log.setLevel(levelBefore);
  }

  private static String stackTrace(Throwable thrown) {
    StringWriter text = new StringWriter();
    thrown.printStackTrace(new PrintWriter(text));
    return text.toString();
  }

  private void sql(String... statements) throws SQLException {
    try (Connection connection = DriverManager.getConnection("jdbc:sqlite:" + fixture.file());
        Statement statement = connection.createStatement()) {
      for (String text : statements) {
        statement.execute(text);
      }
    }
  }

  private void failsSilently(Runnable call) {
    Throwable failure = catchThrowable(call::run);
    assertThat(failure).isNotNull();
    assertThat(stackTrace(failure)).doesNotContain(MARKER);
  }

  @Test
  void log_aMarker_isSeenByThisTest() {
    System.getLogger("io.holdfast.test").log(System.Logger.Level.DEBUG, MARKER);
    assertThat(logged).anyMatch(text -> text.contains(MARKER));
  }

  @Test
  void changes_thatTheFileRefuses_tellNeitherKeyNorValue() throws SQLException {
    Cache<String, String> cache = fixture.words();
    cache.put(KEY, VALUE);
    for (String event : List.of("INSERT", "UPDATE", "DELETE")) {
      sql("CREATE TRIGGER refuse_" + event + " BEFORE " + event
          + " ON entry_1 BEGIN SELECT RAISE(ABORT, 'refused'); END");
    }
    failsSilently(() -> cache.put(KEY, VALUE + "2"));
    failsSilently(() -> cache.put(KEY + "2", VALUE));
    failsSilently(() -> cache.putAll(Map.of(KEY, VALUE + "2", KEY + "3", VALUE)));
    failsSilently(() -> cache.remove(KEY));
    failsSilently(() -> cache.removeAll(Set.of(KEY)));
    failsSilently(() -> cache.replace(KEY, VALUE, VALUE + "2"));
    failsSilently(() -> cache.invoke(KEY, (entry, arguments) -> {
      entry.setValue(VALUE + "2");
      return entry.getKey();
    }));
    sql("DROP TRIGGER refuse_INSERT", "DROP TRIGGER refuse_UPDATE", "DROP TRIGGER refuse_DELETE");
    assertNothingLogged();
  }

  @Test
  void values_thatCannotBeWritten_areNotTold() {
    Cache<String, Object> cache = fixture.cache("any", String.class, Object.class);
    failsSilently(() -> cache.put(KEY, new Unwritable()));
    failsSilently(() -> cache.put(KEY, List.of(VALUE, new Unwritable())));
    assertNothingLogged();
  }

  @Test
  void open_withAnotherType_tellsTheCacheAndNothingInIt() {
    fixture.words().put(KEY, VALUE);
    fixture.reopen();
    fixture.cache("words", String.class, Integer.class);
    assertThat(logged).anyMatch(text -> text.contains("starts empty"));
    assertNothingLogged();
  }

  @Test
  void beans_ofACacheInUse_holdNeitherKeyNorValue() throws Exception {
    Cache<String, String> cache = fixture.words();
    fixture.manager().enableManagement("words", true);
    fixture.manager().enableStatistics("words", true);
    cache.put(KEY, VALUE);
    cache.get(KEY);

    MBeanServer server = ManagementFactory.getPlatformMBeanServer();
    Set<ObjectName> beans = server.queryNames(new ObjectName("javax.cache:*,Cache=words"), null);
    assertThat(beans).hasSize(2);
    for (ObjectName bean : beans) {
      assertThat(bean.toString()).doesNotContain(MARKER);
      for (MBeanAttributeInfo attribute : server.getMBeanInfo(bean).getAttributes()) {
        assertThat(String.valueOf(server.getAttribute(bean, attribute.getName())))
            .doesNotContain(MARKER);
      }
    }
    assertNothingLogged();
  }

  private void assertNothingLogged() {
    assertThat(logged).noneMatch(text -> text.contains(MARKER));
  }
}
