package io.holdfast.jdbc;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A driver's object that writes down each call. Alone it answers with zeros and further recording
 * objects, and refuses nothing, not even after {@code close()}; around a real object it passes on.
 *
 * @param calls what was called, oldest first; shared with the objects it hands out
 * @param real the object behind, or null
 */
record RecordingTarget(List<Call> calls, @Nullable Object real) {

  private static final Set<String> JDBC_PACKAGES =
      Set.of("java.sql", "javax.sql", "javax.transaction.xa");

  /** One call. */
  record Call(Method method, List<Object> arguments) {}

  static <T> T alone(Class<T> type, List<Call> calls) {
    return new RecordingTarget(calls, null).as(type);
  }

  static <T> T around(Class<T> type, T real, List<Call> calls) {
    return new RecordingTarget(calls, real).as(type);
  }

  private <T> T as(Class<T> type) {
    return type.cast(Proxy.newProxyInstance(
        RecordingTarget.class.getClassLoader(), new Class<?>[] {type}, this::answer));
  }

  private @Nullable Object answer(Object proxy, Method method, Object @Nullable [] arguments)
      throws Throwable {
    if (method.getDeclaringClass() == Object.class) {
      return switch (method.getName()) {
        case "equals" -> proxy == arguments[0];
        case "hashCode" -> System.identityHashCode(proxy);
        default -> "recording target";
      };
    }
    calls.add(new Call(
        method,
        arguments == null
            ? List.of()
            : java.util.Collections.unmodifiableList(java.util.Arrays.asList(arguments))));
    Class<?> type = method.getReturnType();
    if (real != null) {
      try {
        Object result = method.invoke(real, arguments);
        boolean recorded = result != null && type.isInterface() && isJdbc(type);
        return recorded ? new RecordingTarget(calls, result).as(type) : result;
      } catch (InvocationTargetException e) {
        throw e.getCause();
      }
    }
    if (type.isInterface() && isJdbc(type)) {
      return new RecordingTarget(calls, null).as(type);
    }
    return SampleArguments.zero(type);
  }

  private static boolean isJdbc(Class<?> type) {
    // Savepoints are told by identity, so the driver's own must come back.
    return JDBC_PACKAGES.contains(type.getPackageName()) && type != java.sql.Savepoint.class;
  }
}
