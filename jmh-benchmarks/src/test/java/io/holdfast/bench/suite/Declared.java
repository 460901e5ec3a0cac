package io.holdfast.bench.suite;

import java.lang.reflect.Field;
import java.lang.reflect.Method;
import java.util.Arrays;
import java.util.List;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Group;
import org.openjdk.jmh.annotations.Param;

/** What a benchmark class declares. */
record Declared(Class<?> benchmark, String method) {

  /** By class and method, from the package on. */
  static Declared of(String name) throws ClassNotFoundException {
    int dot = name.lastIndexOf('.');
    return new Declared(
        Class.forName("io.holdfast.bench." + name.substring(0, dot)), name.substring(dot + 1));
  }

  boolean hasMethod() {
    return Arrays.stream(benchmark.getMethods())
        .anyMatch(declared ->
            declared.isAnnotationPresent(Benchmark.class) && nameOf(declared).equals(method));
  }

  // Those that run side by side go by the name of their group.
  private static String nameOf(Method declared) {
    Group group = declared.getAnnotation(Group.class);
    return group == null ? declared.getName() : group.value();
  }

  boolean hasParameter(String name) throws NoSuchFieldException {
    return benchmark.getField(name).isAnnotationPresent(Param.class);
  }

  /** Whether the parameter may be set to it: one of its constants, or anything if it has none. */
  boolean accepts(String parameter, String value) throws NoSuchFieldException {
    return !benchmark.getField(parameter).getType().isEnum()
        || valuesOf(parameter).contains(value);
  }

  /** All that the parameter may be, where it has a list. */
  List<String> valuesOf(String parameter) throws NoSuchFieldException {
    Field field = benchmark.getField(parameter);
    return field.getType().isEnum()
        ? Arrays.stream(field.getType().getEnumConstants())
            .map(Object::toString)
            .toList()
        : List.of(field.getAnnotation(Param.class).value());
  }
}
