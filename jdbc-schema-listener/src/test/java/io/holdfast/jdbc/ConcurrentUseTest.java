package io.holdfast.jdbc;

import static org.assertj.core.api.Assertions.assertThat;

import io.holdfast.jdbc.ddl.DdlRecognizer;
import io.holdfast.schema.Dialect;
import io.holdfast.schema.WatchSettings;
import java.io.IOException;
import java.lang.reflect.Proxy;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** No call of the driver is made under a lock of ours, so one that hangs holds up nobody. */
@Timeout(30)
class ConcurrentUseTest {

  private final List<String> log = new CopyOnWriteArrayList<>();
  private final RecordingDatabase database = new RecordingDatabase(log, Map.of());
  private final CountDownLatch entered = new CountDownLatch(1);
  private final CountDownLatch cancelled = new CountDownLatch(1);

  @Test
  void statementThatHangs_isCancelledFromAnotherThread() throws Exception {
    ListeningConnection connection = listening();
    Statement slow = connection.createStatement();
    var running = new FutureTask<>(() -> slow.execute("alter table hanging add n int"));
    Thread thread = new Thread(running);
    thread.start();
    entered.await();

    Statement other = connection.createStatement();
    other.execute("select 1");
    assertThat(connection.schemaKey(new io.holdfast.schema.TableName("s", "t"), ""))
        .isPresent();
    slow.cancel();

    assertThat(running.get(10, TimeUnit.SECONDS)).isFalse();
    thread.join();
  }

  @Test
  void statementThatHangs_holdsUpNoOtherConnection() throws Exception {
    Statement slow = listening().createStatement();
    var running = new FutureTask<>(() -> slow.execute("alter table hanging add n int"));
    Thread thread = new Thread(running);
    thread.start();
    entered.await();

    ListeningConnection other = listening();
    other.setAutoCommit(false);
    other.createStatement().execute("create table b (i int)");
    other.commit();
    assertThat(log).contains("settle b CREATE").doesNotContain("settle hanging ALTER");
    cancelled.countDown();
    running.get(10, TimeUnit.SECONDS);
    thread.join();
    assertThat(log).endsWith("settle hanging ALTER");
  }

  /** A monitor held over a call of the driver would pin a virtual thread to its carrier, before JDK 24. */
  @Test
  void sources_useNoMonitorsButForTheRegistration() throws IOException {
    try (Stream<Path> sources = Files.walk(Path.of("src/main/java/io/holdfast/jdbc"))) {
      assertThat(sources.filter(ConcurrentUseTest::usesMonitors))
          .extracting(path -> path.getFileName().toString())
          .containsExactly("HoldfastDriver.java");
    }
  }

  private static boolean usesMonitors(Path source) {
    try {
      return source.toString().endsWith(".java")
          && Files.readAllLines(source).stream()
              .filter(line -> !line.strip().startsWith("*") && !line.strip().startsWith("//"))
              .anyMatch(line -> line.matches(".*\\bsynchronized\\b.*"));
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
  }

  private ListeningConnection listening() {
    var ledger = new TransactionLedger(
        database,
        DdlRecognizer.forDialect(Dialect.POSTGRESQL),
        DdlTiming.AT_COMMIT,
        /* autoCommit= */ true,
        /* path= */ null,
        new ConnectOptions(WatchSettings.DEFAULT, "", /* verifies= */ false, Duration.ZERO));
    Connection driver = (Connection) Proxy.newProxyInstance(
        getClass().getClassLoader(),
        new Class<?>[] {Connection.class},
        (proxy, method, arguments) -> method.getReturnType() == Statement.class
            ? statement()
            : SampleArguments.zero(method.getReturnType()));
    return new ListeningConnection(driver, ledger, () -> {});
  }

  /** Executes a text about {@code hanging} until it is cancelled. */
  private Statement statement() {
    return (Statement) Proxy.newProxyInstance(
        getClass().getClassLoader(),
        new Class<?>[] {Statement.class},
        (proxy, method, arguments) -> {
          if (method.getName().equals("cancel")) {
            cancelled.countDown();
          } else if (method.getName().equals("execute")
              && arguments[0].toString().contains("hanging")) {
            entered.countDown();
            if (!cancelled.await(20, TimeUnit.SECONDS)) {
              throw new SQLException("nobody cancelled");
            }
          }
          return SampleArguments.zero(method.getReturnType());
        });
  }
}
