package io.holdfast.jcache;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import java.io.PrintWriter;
import java.io.Serializable;
import java.io.StringWriter;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import javax.cache.Cache;
import javax.cache.CacheException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Somebody who may write the file put an object stream into a row. Reading it must run nothing of his. */
final class HostileRowTest {
  private static final Duration SOON = Duration.ofSeconds(30);

  /** A value of the application. */
  record Order(String customer, List<Object> lines) implements Serializable {
    private static final long serialVersionUID = 1L;
  }

  @TempDir
  Path directory;

  private ManagerFixture fixture;

  @BeforeEach
  void open() {
    Gadgets.forget();
    fixture = new ManagerFixture(directory);
  }

  @AfterEach
  void close() {
    fixture.close();
    Gadgets.forget();
  }

  static Stream<Arguments> thatRun() throws Exception {
    return Stream.of(
        Arguments.of("commons-collections 3.2.1", Gadgets.commonsCollections()),
        Arguments.of("commons-beanutils", Gadgets.commonsBeanutils()),
        Arguments.of("a dynamic proxy", Gadgets.proxy()),
        Arguments.of("an Externalizable", Gadgets.externalizable()));
  }

  static Stream<Arguments> all() throws Exception {
    return Stream.concat(
        thatRun(),
        Stream.of(
            Arguments.of("a lambda", Gadgets.lambda()),
            Arguments.of("a URL as key", Gadgets.urlAsKey()),
            Arguments.of("sets that take for ever", Gadgets.laughs()),
            Arguments.of("arrays in arrays", Gadgets.arraysInArrays()),
            Arguments.of("lists in lists", Gadgets.deep())));
  }

  static Stream<Arguments> asKeys() throws Exception {
    return Stream.of(
        Arguments.of("commons-collections 3.2.1", Gadgets.commonsCollections()),
        Arguments.of("sets that take for ever", Gadgets.laughs()));
  }

  /** Without this the tests below would prove nothing. */
  @ParameterizedTest(name = "{0}")
  @MethodSource("thatRun")
  void read_withoutOurFilter_runsThePayload(String name, byte[] stream) throws Exception {
    assertThat(Gadgets.hasRun()).isFalse();
    Gadgets.readUnfiltered(stream);
    assertThat(Gadgets.hasRun()).isTrue();
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("all")
  void get_hostileValueOfAnyType_isRefusedAndNothingRuns(String name, byte[] stream)
      throws Exception {
    refuses(Object.class, "a good value", tagged(stream));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("thatRun")
  void get_hostileValueOfADeclaredType_isRefusedAndNothingRuns(String name, byte[] stream)
      throws Exception {
    refuses(Order.class, new Order("c", new ArrayList<>(List.of("line"))), stream);
  }

  private <V> void refuses(Class<V> type, V value, byte[] cell) throws Exception {
    Cache<String, V> cache = fixture.cache("things", String.class, type);
    cache.put("hostile", value);
    cache.put("other", value);
    fixture.reopen();
    update("UPDATE entry_1 SET value = ? WHERE \"key\" = 'hostile'", cell);

    Cache<String, V> again = fixture.cache("things", String.class, type);
    Throwable refusal = soon(() -> catchThrowable(() -> again.get("hostile")));

    assertThat(Gadgets.hasRun()).isFalse();
    assertThat(refusal).isInstanceOf(CacheException.class).hasMessageContaining("things");
    assertThat(stackTrace(refusal)).doesNotContain(Gadgets.MARKER);
    assertThat(again.get("other")).isEqualTo(value);
    assertThat(again.containsKey("hostile")).isTrue();
    again.put("hostile", value);
    assertThat(again.get("hostile")).isEqualTo(value);
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("asKeys")
  void iterate_hostileKey_passesOverThatRowAlone(String name, byte[] stream) throws Exception {
    Cache<Object, String> cache = fixture.cache("things", Object.class, String.class);
    cache.putAll(Map.of("hostile", "1", "a", "2", "b", "3"));
    fixture.reopen();
    update("UPDATE entry_1 SET \"key\" = ? WHERE \"key\" = 'hostile'", tagged(stream));

    Cache<Object, String> again = fixture.cache("things", Object.class, String.class);
    List<Object> keys = new ArrayList<>();
    soon(() -> {
      again.forEach(entry -> keys.add(entry.getKey()));
      return keys;
    });

    assertThat(Gadgets.hasRun()).isFalse();
    assertThat(keys).containsExactlyInAnyOrder("a", "b");
    assertThat(again.containsKey("hostile")).isFalse();
  }

  /** Shared members are no crime, and a set of many is not either. */
  @Test
  void get_largeHonestValue_passesTheLimits() {
    List<Object> shared = new ArrayList<>(List.of("a", "b"));
    List<Object> lines = new ArrayList<>();
    for (int i = 0; i < 5_000; i++) {
      lines.add(new ArrayList<>(List.of(shared, "line " + i, new java.util.HashSet<>(shared))));
    }
    lines.add(new java.util.HashSet<>(lines));
    Cache<String, Order> cache = fixture.cache("things", String.class, Order.class);
    cache.put("large", new Order("c", lines));
    fixture.reopen();

    assertThat(fixture.cache("things", String.class, Order.class).get("large"))
        .isEqualTo(new Order("c", lines));
  }

  /** What cannot leave the file must not enter it either. */
  @Test
  void put_setsThatTakeForEver_isRefused() throws Exception {
    Cache<String, Object> cache = fixture.cache("things", String.class, Object.class);
    Object laughs = laughs();
    assertThatThrownBy(() -> cache.put("k", laughs))
        .isInstanceOf(CacheException.class)
        .hasMessageContaining("too long to hash");
    assertThat(cache.containsKey("k")).isFalse();
  }

  private static Object laughs() {
    List<Object> members = new ArrayList<>();
    java.util.Set<Object> root = new java.util.HashSet<>();
    root.add(members);
    List<Object> inner = members;
    for (int level = 0; level < 60; level++) {
      List<Object> next = new ArrayList<>();
      inner.add(next);
      inner.add(next);
      inner = next;
    }
    return root;
  }

  private static <T> T soon(Callable<T> work) {
    return assertTimeoutPreemptively(SOON, work::call);
  }

  private static byte[] tagged(byte[] stream) {
    byte[] cell = new byte[stream.length + 1];
    cell[0] = 'J';
    System.arraycopy(stream, 0, cell, 1, stream.length);
    return cell;
  }

  private static String stackTrace(Throwable thrown) {
    StringWriter text = new StringWriter();
    thrown.printStackTrace(new PrintWriter(text));
    return text.toString();
  }

  private void update(String sql, byte[] cell) throws Exception {
    try (Connection connection = DriverManager.getConnection("jdbc:sqlite:" + fixture.file());
        PreparedStatement statement = connection.prepareStatement(sql)) {
      statement.setBytes(1, cell);
      assertThat(statement.executeUpdate()).isEqualTo(1);
    }
  }
}
