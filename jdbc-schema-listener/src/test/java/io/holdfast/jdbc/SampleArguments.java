package io.holdfast.jdbc;

import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.io.Reader;
import java.io.StringReader;
import java.lang.reflect.Array;
import java.lang.reflect.Method;
import java.math.BigDecimal;
import java.sql.Date;
import java.sql.Time;
import java.sql.Timestamp;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Calendar;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.concurrent.Executor;
import javax.transaction.xa.Xid;
import org.jspecify.annotations.Nullable;

/** Arguments to call any JDBC method with: not null where a value can be made. */
final class SampleArguments {

  private SampleArguments() {}

  static Object[] of(Method method) {
    return Arrays.stream(method.getParameterTypes())
        .map(SampleArguments::sample)
        .toArray();
  }

  /** What a recording target answers: 0, false, or null. */
  static @Nullable Object zero(Class<?> type) {
    return type.isPrimitive() && type != void.class
        ? Array.get(Array.newInstance(type, 1), 0)
        : null;
  }

  private static @Nullable Object sample(Class<?> type) {
    if (type.isPrimitive()) {
      return zero(type);
    }
    if (type.isArray()) {
      return Array.newInstance(type.getComponentType(), 1);
    }
    if (type == String.class) {
      return "x";
    }
    if (type == Object.class) {
      return new Object();
    }
    if (type == Class.class) {
      // No wrapper of ours is a Number, so unwrap has to ask the driver.
      return Number.class;
    }
    if (type == Executor.class) {
      return (Executor) Runnable::run;
    }
    if (type == Map.class) {
      return Map.of();
    }
    if (type == InputStream.class) {
      return new ByteArrayInputStream(new byte[0]);
    }
    if (type == Reader.class) {
      return new StringReader("");
    }
    if (type == Properties.class) {
      return new Properties();
    }
    if (type == Calendar.class) {
      return Calendar.getInstance();
    }
    if (type == Xid.class) {
      return new BranchXid("x");
    }
    if (type == BigDecimal.class) {
      return BigDecimal.TEN;
    }
    List<Object> times = new ArrayList<>(List.of(new Date(0), new Time(0), new Timestamp(0)));
    return times.stream()
        .filter(time -> time.getClass() == type)
        .findFirst()
        .orElseGet(
            () -> type.isInterface() ? RecordingTarget.alone(type, new ArrayList<>()) : null);
  }
}
