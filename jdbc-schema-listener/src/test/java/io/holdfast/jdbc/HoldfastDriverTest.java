package io.holdfast.jdbc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.sql.Connection;
import java.sql.Driver;
import java.sql.DriverManager;
import java.sql.DriverPropertyInfo;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Arrays;
import java.util.List;
import java.util.Properties;
import java.util.ServiceLoader;
import java.util.function.Supplier;
import java.util.logging.Logger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** The URL and driver rules, on the real H2 driver and, for what the target is handed, on a stub. */
class HoldfastDriverTest {

  private static final String PASSWORD = "correct-horse";

  private final HoldfastDriver driver = new HoldfastDriver();

  @AfterEach
  void registerAgain() throws SQLException {
    HoldfastDriver.register();
    StubTarget.reset();
  }

  @Test
  void connect_throughDriverManager_opensTheTarget() throws SQLException {
    try (Connection connection = DriverManager.getConnection("jdbc:holdfast:h2:mem:");
        Statement statement = connection.createStatement();
        ResultSet row = statement.executeQuery("select 41 + 1")) {
      assertThat(row.next()).isTrue();
      assertThat(row.getInt(1)).isEqualTo(42);
      assertThat(connection.isWrapperFor(HoldfastConnection.class)).isTrue();
    }
  }

  @Test
  void serviceLoader_findsTheDriver() {
    assertThat(ServiceLoader.load(Driver.class)).anyMatch(HoldfastDriver.class::isInstance);
  }

  @Test
  void acceptsUrl_onlyOursWithATarget() {
    assertThat(driver.acceptsURL(null)).isFalse();
    assertThat(driver.acceptsURL("jdbc:holdfast:")).isFalse();
    assertThat(driver.acceptsURL("jdbc:holdfast(poll=5s):")).isFalse();
    assertThat(driver.acceptsURL("jdbc:h2:mem:")).isFalse();
    assertThat(driver.acceptsURL("JDBC:HOLDFAST:h2:mem:")).isFalse();
    assertThat(driver.acceptsURL("jdbc:holdfast:h2:mem:")).isTrue();
    assertThat(driver.acceptsURL("jdbc:holdfast(poll=5s):h2:mem:")).isTrue();
  }

  @Test
  void connect_otherUrl_isNull() throws SQLException {
    assertThat(driver.connect("jdbc:h2:mem:", new Properties())).isNull();
    assertThat(driver.connect("jdbc:holdfast:", new Properties())).isNull();
  }

  @Test
  void connect_null_isAnSqlException() {
    assertThatThrownBy(() -> driver.connect(null, null))
        .isInstanceOf(SQLException.class)
        .satisfies(HoldfastDriverTest::isHarmlessToPools);
  }

  @Test
  void connect_nobodyAcceptsTheTarget_namesItWithoutPassword() {
    assertThatThrownBy(() -> driver.connect(
            "jdbc:holdfast:nosuchdb://scott:" + PASSWORD + "@host/x?password=" + PASSWORD, null))
        .isInstanceOf(SQLException.class)
        .hasMessageContaining("jdbc:nosuchdb://***@host/x?password=***")
        .message()
        .doesNotContain(PASSWORD);
  }

  @Test
  void connect_prefixTwice_doesNotFindOurselves() {
    assertThatThrownBy(() -> driver.connect("jdbc:holdfast:holdfast:h2:mem:", null))
        .isInstanceOf(SQLException.class)
        .hasMessageContaining("jdbc:holdfast:h2:mem:");
    assertThatThrownBy(() -> driver.connect(
            "jdbc:holdfast(targetDriver=io.holdfast.jdbc.HoldfastDriver):h2:mem:", null))
        .isInstanceOf(SQLException.class);
  }

  @Test
  void connect_prefixTwice_removesOnlyTheFirst() {
    assertThatThrownBy(() -> driver.connect(stub("holdfast:stub:"), null))
        .isInstanceOf(SQLException.class);
    assertThat(StubTarget.url).isEqualTo("jdbc:holdfast:stub:");
  }

  @Test
  void connect_properties_reachTheTargetWithoutOursAndStayUntouched() {
    var defaults = new Properties();
    defaults.setProperty("fromDefaults", "d");
    var properties = new Properties(defaults);
    properties.setProperty("user", "scott");
    properties.setProperty("holdfast.poll", "5s");
    Object notAString = new Object();
    properties.put("object", notAString);
    var before = (Properties) properties.clone();

    assertThatThrownBy(() -> driver.connect(stub("stub:"), properties))
        .isInstanceOf(SQLException.class);

    assertThat(properties).isEqualTo(before);
    assertThat(StubTarget.properties)
        .containsEntry("user", "scott")
        .containsEntry("fromDefaults", "d")
        .containsEntry("object", notAString)
        .hasSize(3);
    assertThat(StubTarget.properties).isNotSameAs(properties);
  }

  @Test
  void connect_targetThrowsUnchecked_isAnSqlExceptionWithoutPassword() {
    StubTarget.failure = () -> new IllegalStateException("bang");
    assertThatThrownBy(() -> driver.connect(stub("stub://u:" + PASSWORD + "@h"), null))
        .isInstanceOf(SQLException.class)
        .hasRootCauseMessage("bang")
        .satisfies(HoldfastDriverTest::isHarmlessToPools)
        .message()
        .doesNotContain(PASSWORD);
    StubTarget.failure = () -> new NoClassDefFoundError("x/Y");
    assertThatThrownBy(() -> driver.connect(stub("stub:"), null)).isInstanceOf(SQLException.class);
    assertThatThrownBy(() -> driver.getPropertyInfo(stub("stub:"), null))
        .isInstanceOf(SQLException.class);
  }

  @Test
  void connect_targetThrowsSqlException_isThatVeryObject() {
    var theirs = new SQLException("no", "08001", 17);
    StubTarget.failure = () -> theirs;
    assertThatThrownBy(() -> driver.connect(stub("stub:"), null)).isSameAs(theirs);
  }

  @Test
  void connect_targetDriverThatIsNone_isAnSqlException() {
    for (String name : List.of("no.such.Driver", "java.lang.Object")) {
      assertThatThrownBy(() -> driver.connect("jdbc:holdfast(targetDriver=" + name + "):x:", null))
          .isInstanceOf(SQLException.class)
          .hasMessageContaining(name)
          .satisfies(HoldfastDriverTest::isHarmlessToPools);
    }
  }

  @Test
  void connect_targetNotRegistered_isFoundByServiceLoader() throws SQLException {
    Driver h2 = DriverManager.getDriver("jdbc:h2:mem:");
    DriverManager.deregisterDriver(h2);
    try (Connection connection = driver.connect("jdbc:holdfast:h2:mem:", null)) {
      assertThat(connection).isInstanceOf(HoldfastConnection.class);
    } finally {
      DriverManager.registerDriver(h2);
    }
  }

  @Test
  void connect_malformedOptions_sayWhatIsWrong() {
    assertThatThrownBy(() -> driver.connect("jdbc:holdfast(poll=5s:h2:mem:", null))
        .isInstanceOf(SQLException.class)
        .hasMessageContaining("):");
    assertThatThrownBy(() -> driver.connect("jdbc:holdfast(poll=soon):h2:mem:", null))
        .isInstanceOf(SQLException.class)
        .hasMessageContaining("poll")
        .hasMessageContaining("soon")
        .satisfies(HoldfastDriverTest::isHarmlessToPools);
    assertThatThrownBy(() -> driver.connect("jdbc:holdfast(pol=5s):h2:mem:", null))
        .isInstanceOf(SQLException.class)
        .hasMessageContaining("\"pol\"");
    assertThatThrownBy(() -> driver.connect("jdbc:holdfast(poll):h2:mem:", null))
        .isInstanceOf(SQLException.class);
  }

  @Test
  void getPropertyInfo_isOursAndTheTargets() throws SQLException {
    StubTarget.propertyInfo = new DriverPropertyInfo[] {new DriverPropertyInfo("theirs", "t")};
    DriverPropertyInfo[] info =
        driver.getPropertyInfo(stub("stub:").replace("(", "(poll=7s,"), new Properties());
    assertThat(StubTarget.url).isEqualTo("jdbc:stub:");
    assertThat(info).extracting(property -> property.name).contains("holdfast.poll", "theirs");
    assertThat(Arrays.stream(info)
            .filter(property -> property.name.equals("holdfast.poll"))
            .findFirst()
            .orElseThrow()
            .value)
        .isEqualTo("7000ms");
    assertThat(driver.getPropertyInfo("jdbc:other:", null)).isNotEmpty();
  }

  @Test
  void deregister_thenRegister_isSeenByDriverManager() throws SQLException {
    HoldfastDriver.deregister();
    HoldfastDriver.deregister();
    assertThat(HoldfastDriver.isRegistered()).isFalse();
    assertThat(DriverManager.drivers()).noneMatch(HoldfastDriver.class::isInstance);
    HoldfastDriver.register();
    HoldfastDriver.register();
    assertThat(HoldfastDriver.isRegistered()).isTrue();
    assertThat(DriverManager.drivers().filter(HoldfastDriver.class::isInstance)).hasSize(1);
  }

  @Test
  void facts_areOurOwn() {
    assertThat(driver.jdbcCompliant()).isFalse();
    assertThat(driver.getParentLogger()).isSameAs(Logger.getLogger("io.holdfast"));
    assertThat(driver.getMajorVersion()).isZero();
    assertThat(driver.getMinorVersion()).isEqualTo(1);
  }

  private static String stub(String rest) {
    return "jdbc:holdfast(targetDriver=" + StubTarget.class.getName() + "):" + rest;
  }

  private static void isHarmlessToPools(Throwable failure) {
    String state = ((SQLException) failure).getSQLState();
    assertThat(state == null || !(state.startsWith("08") || state.equals("0A000")))
        .isTrue();
  }

  /** Writes down what it is asked, and opens nothing. */
  public static final class StubTarget implements Driver {

    private static String url;
    private static Properties properties;
    private static Supplier<? extends Throwable> failure = () -> null;
    private static DriverPropertyInfo[] propertyInfo = {};

    static void reset() {
      url = null;
      properties = null;
      failure = () -> null;
      propertyInfo = new DriverPropertyInfo[] {};
    }

    private static void record(String newUrl, Properties newProperties) throws SQLException {
      url = newUrl;
      properties = newProperties;
      Throwable thrown = failure.get();
      if (thrown instanceof SQLException checked) {
        throw checked;
      }
      if (thrown instanceof RuntimeException unchecked) {
        throw unchecked;
      }
      if (thrown instanceof Error error) {
        throw error;
      }
    }

    @Override
    public Connection connect(String newUrl, Properties info) throws SQLException {
      record(newUrl, info);
      return null;
    }

    @Override
    public boolean acceptsURL(String newUrl) {
      return newUrl.startsWith("jdbc:stub:");
    }

    @Override
    public DriverPropertyInfo[] getPropertyInfo(String newUrl, Properties info)
        throws SQLException {
      record(newUrl, info);
      return propertyInfo;
    }

    @Override
    public int getMajorVersion() {
      return 9;
    }

    @Override
    public int getMinorVersion() {
      return 9;
    }

    @Override
    public boolean jdbcCompliant() {
      return true;
    }

    @Override
    public Logger getParentLogger() {
      return Logger.getLogger("stub");
    }
  }
}
