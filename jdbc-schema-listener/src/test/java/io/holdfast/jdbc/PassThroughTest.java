package io.holdfast.jdbc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.sql.Array;
import java.sql.CallableStatement;
import java.sql.Connection;
import java.sql.ConnectionBuilder;
import java.sql.DatabaseMetaData;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Stream;
import javax.sql.ConnectionPoolDataSource;
import javax.sql.DataSource;
import javax.sql.PooledConnection;
import javax.sql.PooledConnectionBuilder;
import javax.sql.XAConnection;
import javax.sql.XAConnectionBuilder;
import javax.sql.XADataSource;
import javax.transaction.xa.XAResource;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/**
 * The gate: every method of every JDBC interface that we wrap reaches the driver as the same method
 * with the same arguments. Interface defaults make it easy to lose one without a word from the
 * compiler, so a JDK with newer methods fails here until they are passed on or accepted below.
 */
class PassThroughTest {

  /** The methods that a wrapper answers itself, for the answer is the wrapper's own kin. */
  private static final Set<String> ANSWERED = Set.of(
      "Statement.getConnection",
      "DatabaseMetaData.getConnection",
      // The driver tells us, and we tell the listeners: its events bear its own objects.
      "PooledConnection.addConnectionEventListener",
      "PooledConnection.removeConnectionEventListener",
      "PooledConnection.addStatementEventListener",
      "PooledConnection.removeStatementEventListener");

  /** Methods newer than the oldest supported JDK that may answer by their default. */
  private static final Set<String> ACCEPTED = Set.of();

  private record Wrapped<T>(Class<T> type, Function<List<RecordingTarget.Call>, T> over) {}

  private static final List<Wrapped<?>> WRAPPERS = List.of(
      new Wrapped<>(Connection.class, PassThroughTest::connection),
      new Wrapped<>(
          Statement.class,
          calls -> new ListeningStatement(
              connection(new ArrayList<>()), RecordingTarget.alone(Statement.class, calls))),
      new Wrapped<>(
          PreparedStatement.class,
          calls -> new ListeningPreparedStatement(
              connection(new ArrayList<>()),
              RecordingTarget.alone(PreparedStatement.class, calls),
              Judgement.INERT)),
      new Wrapped<>(
          CallableStatement.class,
          calls -> new ListeningCallableStatement(
              connection(new ArrayList<>()),
              RecordingTarget.alone(CallableStatement.class, calls),
              Judgement.INERT)),
      new Wrapped<>(
          ResultSet.class,
          calls -> new LinkedResultSet(
              RecordingTarget.alone(ResultSet.class, calls),
              connection(new ArrayList<>()),
              null,
              false)),
      new Wrapped<>(
          DatabaseMetaData.class,
          calls -> new LinkedMetaData(
              RecordingTarget.alone(DatabaseMetaData.class, calls), connection(new ArrayList<>()))),
      new Wrapped<>(
          Array.class,
          calls -> new LinkedArray(
              RecordingTarget.alone(Array.class, calls), connection(new ArrayList<>()), null)),
      new Wrapped<>(
          DataSource.class,
          calls -> HoldfastDataSource.around(RecordingTarget.alone(DataSource.class, calls))),
      new Wrapped<>(
          ConnectionBuilder.class,
          calls -> new AttachingConnectionBuilder(
              RecordingTarget.alone(ConnectionBuilder.class, calls), raw -> raw)),
      new Wrapped<>(
          PooledConnection.class,
          calls -> new ListeningPooledConnection(
              RecordingTarget.alone(PooledConnection.class, calls), unwatched())),
      new Wrapped<>(
          XAConnection.class,
          calls -> new ListeningXAConnection(
              RecordingTarget.alone(XAConnection.class, calls), unwatched(), new BranchRegistry())),
      new Wrapped<>(
          XAResource.class,
          calls -> new ListeningXAResource(
              RecordingTarget.alone(XAResource.class, calls),
              new Unwatched(true),
              new BranchRegistry(),
              () -> {})),
      new Wrapped<>(
          ConnectionPoolDataSource.class,
          calls -> HoldfastConnectionPoolDataSource.around(
              RecordingTarget.alone(ConnectionPoolDataSource.class, calls))),
      new Wrapped<>(
          XADataSource.class,
          calls -> HoldfastXADataSource.around(RecordingTarget.alone(XADataSource.class, calls))),
      new Wrapped<>(
          PooledConnectionBuilder.class,
          calls -> new AttachingPooledConnectionBuilder(
              RecordingTarget.alone(PooledConnectionBuilder.class, calls), raw -> raw)),
      new Wrapped<>(
          XAConnectionBuilder.class,
          calls -> new AttachingXAConnectionBuilder(
              RecordingTarget.alone(XAConnectionBuilder.class, calls), raw -> raw)));

  private static Attached unwatched() {
    return new Attached(new Unwatched(true), () -> {});
  }

  @TestFactory
  Stream<DynamicTest> everyMethod_reachesTheDriverUnchanged() {
    return WRAPPERS.stream()
        .flatMap(wrapper -> methods(wrapper.type())
            .filter(method -> !ANSWERED.contains(name(method)) && !ACCEPTED.contains(name(method)))
            .map(method -> DynamicTest.dynamicTest(
                wrapper.type().getSimpleName() + "." + signature(method),
                () -> reachesTheDriver(wrapper, method))));
  }

  private static void reachesTheDriver(Wrapped<?> wrapper, Method method) throws Exception {
    var calls = new ArrayList<RecordingTarget.Call>();
    Object wrapped = wrapper.over().apply(calls);
    calls.clear();
    Object[] arguments = SampleArguments.of(method);

    method.invoke(wrapped, arguments);

    assertThat(calls).anySatisfy(call -> {
      assertThat(call.method().getName()).isEqualTo(method.getName());
      assertThat(call.method().getParameterTypes()).isEqualTo(method.getParameterTypes());
      for (int i = 0; i < arguments.length; i++) {
        if (method.getParameterTypes()[i].isPrimitive()) {
          assertThat(call.arguments().get(i)).isEqualTo(arguments[i]);
        } else {
          assertThat(call.arguments().get(i)).isSameAs(arguments[i]);
        }
      }
    });
  }

  /** Whatever the driver would allow: after {@code close()} every call but the quiet ones is refused. */
  @TestFactory
  Stream<DynamicTest> everyMethod_afterClose_isRefused() {
    Set<String> quiet = Set.of("close", "isClosed", "abort", "isValid", "isWrapperFor", "unwrap");
    return WRAPPERS.subList(0, 5).stream()
        .flatMap(wrapper -> methods(wrapper.type())
            .filter(method -> !quiet.contains(method.getName()))
            .filter(method -> !ACCEPTED.contains(name(method)))
            .map(method -> DynamicTest.dynamicTest(
                wrapper.type().getSimpleName() + "." + signature(method),
                () -> isRefusedAfterClose(wrapper, method))));
  }

  private static void isRefusedAfterClose(Wrapped<?> wrapper, Method method) throws Exception {
    var calls = new ArrayList<RecordingTarget.Call>();
    Object wrapped = wrapper.over().apply(calls);
    ((AutoCloseable) wrapped).close();
    ((AutoCloseable) wrapped).close();
    calls.clear();

    assertThatCode(() -> method.invoke(wrapped, SampleArguments.of(method)))
        .isInstanceOf(InvocationTargetException.class)
        .cause()
        .isInstanceOf(SQLException.class)
        .extracting(failure -> ((SQLException) failure).getSQLState())
        .isEqualTo("HY010");
    assertThat(calls).isEmpty();
  }

  private static ListeningConnection connection(List<RecordingTarget.Call> calls) {
    return new ListeningConnection(
        RecordingTarget.alone(Connection.class, calls), new Unwatched(true), () -> {});
  }

  private static Stream<Method> methods(Class<?> type) {
    return Arrays.stream(type.getMethods())
        .filter(method -> !Modifier.isStatic(method.getModifiers()));
  }

  private static String name(Method method) {
    return method.getDeclaringClass().getSimpleName() + "." + method.getName();
  }

  private static String signature(Method method) {
    return method.getName()
        + Arrays.stream(method.getParameterTypes()).map(Class::getSimpleName).toList();
  }
}
