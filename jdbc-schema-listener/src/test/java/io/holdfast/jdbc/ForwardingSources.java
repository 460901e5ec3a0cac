package io.holdfast.jdbc;

import java.io.IOException;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.lang.reflect.Type;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Array;
import java.sql.CallableStatement;
import java.sql.Connection;
import java.sql.DatabaseMetaData;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Arrays;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import javax.sql.CommonDataSource;

/**
 * Writes the {@code Forwarding*} base classes from the JDBC interfaces of the running JDK, which must
 * be the oldest supported one. The output is checked in; after a change here run {@link #main} with
 * JDK 17 in the module's folder, then {@code spotless:apply}. {@link ForwardingSourcesTest} fails
 * while the two differ.
 */
final class ForwardingSources {

  private static final Path FOLDER = Path.of("src/main/java/io/holdfast/jdbc");

  /** Answered by hand in every wrapper. */
  private static final Set<String> WRAPPER = Set.of("unwrap", "isWrapperFor");

  private static final Set<String> CLOSEABLE =
      Set.of("unwrap", "isWrapperFor", "close", "isClosed");

  /** Passed on inside an execution, which the ledger hears of. */
  private static final Set<String> HEARD =
      Set.of("execute", "executeQuery", "executeUpdate", "executeLargeUpdate");

  /**
   * One base class.
   *
   * @param type the interface
   * @param parent the class to extend, whose methods are left out, or null for none
   * @param parentType the interface the parent covers
   * @param accessor the expression for the driver's object
   * @param byHand names left to the subclass: the compiler insists on them
   */
  private record Shape(
      Class<?> type, String parent, Class<?> parentType, String accessor, Set<String> byHand) {

    String className() {
      return "Forwarding" + type.getSimpleName();
    }

    boolean isDetachable() {
      return accessor.endsWith("()");
    }
  }

  private static final List<Shape> SHAPES = List.of(
      new Shape(
          Connection.class,
          null,
          null,
          "open()",
          with(
              CLOSEABLE,
              "abort",
              "isValid",
              "createStatement",
              "prepareStatement",
              "prepareCall",
              "getMetaData",
              "setClientInfo",
              "setSchema",
              "setCatalog",
              "setAutoCommit",
              "commit",
              "rollback",
              "setSavepoint",
              "releaseSavepoint")),
      new Shape(
          Statement.class,
          null,
          null,
          "open()",
          with(
              CLOSEABLE,
              "getConnection",
              "executeBatch",
              "executeLargeBatch",
              "addBatch",
              "clearBatch",
              "getMoreResults",
              "getResultSet",
              "getGeneratedKeys")),
      new Shape(
          PreparedStatement.class,
          "ListeningStatement",
          Statement.class,
          "prepared()",
          Set.of("addBatch")),
      new Shape(
          CallableStatement.class,
          "ListeningPreparedStatement",
          PreparedStatement.class,
          "callable()",
          Set.of()),
      new Shape(ResultSet.class, null, null, "open()", with(CLOSEABLE, "getStatement")),
      new Shape(DatabaseMetaData.class, null, null, "target", with(WRAPPER, "getConnection")),
      new Shape(Array.class, null, null, "target", Set.of()),
      new Shape(CommonDataSource.class, null, null, "source", Set.of()));

  private ForwardingSources() {}

  public static void main(String[] arguments) throws IOException {
    for (Map.Entry<Path, String> file : render().entrySet()) {
      Files.writeString(file.getKey(), file.getValue());
    }
  }

  /** All files and their text, before formatting. */
  static Map<Path, String> render() {
    var files = new LinkedHashMap<Path, String>();
    for (Shape shape : SHAPES) {
      files.put(FOLDER.resolve(shape.className() + ".java"), source(shape));
    }
    return files;
  }

  private static String source(Shape shape) {
    var imports = new TreeSet<>(Set.of(
        shape.type().getName(),
        SQLException.class.getName(),
        "org.jspecify.annotations.NullUnmarked"));
    String body = methods(shape)
        .map(method -> method(shape, method, imports))
        .collect(Collectors.joining("\n"));
    String head = head(shape);
    return "package io.holdfast.jdbc;\n\n"
        + imports.stream().map(name -> "import " + name + ";\n").collect(Collectors.joining())
        + "\n" + head + "\n" + body + "}\n";
  }

  private static String head(Shape shape) {
    String type = shape.type().getSimpleName();
    String declaration = """
        /**
         * Passes each call of {@link %1$s} that needs no thought to the driver's object. Written by
         * {@code ForwardingSources} in the test tree: change that, not this.
         */
        @NullUnmarked // Null is what the driver makes of it.
        @SuppressWarnings("deprecation") // Deprecated methods are passed on like all others.
        abstract class %2$s %3$s {
        """.formatted(
            type,
            shape.className(),
            shape.parent() == null
                ? "implements " + type
                : "extends " + shape.parent() + " implements " + type);
    String template = shape.parent() != null ? DERIVED : shape.isDetachable() ? DETACHABLE : FIXED;
    return declaration
        + template
            .replace("$Type", type)
            .replace("$Class", shape.className())
            .replace("$field", shape.accessor().replace("()", ""))
            .replace("$hooks", hooks(shape))
            .replace("$parameter", isCallable(shape) ? ", Judgement judgement" : "")
            .replace("$argument", isCallable(shape) ? ", judgement" : "");
  }

  private static final String FIXED = """

        final $Type $field;

        $Class($Type $field) {
          this.$field = $field;
        }
      $hooks
      """;

  private static final String DETACHABLE = """

        private $Type target;

        $Class($Type target) {
          this.target = target;
        }

        /** The driver's object; after {@code close()} this is what refuses every call. */
        final $Type open() throws SQLException {
          $Type current = target;
          if (current == null) {
            throw UseAfterClose.of("$Type");
          }
          return current;
        }

        /** The driver's object, or null after {@code close()}. */
        final $Type targetOrNull() {
          return target;
        }

        /** Lets go of the driver's object. */
        void detach() {
          target = null;
        }
      $hooks
      """;

  private static final String DERIVED = """

        private $Type $field;

        $Class(ListeningConnection connection, $Type target$parameter) {
          super(connection, target$argument);
          this.$field = target;
        }

        /** The driver's object; after {@code close()} this is what refuses every call. */
        final $Type $field() throws SQLException {
          $Type current = $field;
          if (current == null) {
            throw UseAfterClose.of("$Type");
          }
          return current;
        }

        @Override
        void detach() {
          super.detach();
          $field = null;
        }
      $hooks
      """;

  private static boolean isCallable(Shape shape) {
    return shape.type() == CallableStatement.class;
  }

  /** What the subclass has to say about results that lead back to a statement or connection. */
  private static String hooks(Shape shape) {
    Class<?> type = shape.type();
    if (type == Connection.class) {
      return "\n  abstract Array linked(Array array);\n";
    }
    if (type == ResultSet.class) {
      return """

            abstract Array linked(Array array);

            abstract Object linked(Object value);

            abstract <T> T linked(T value, Class<T> type);
          """;
    }
    if (type == CallableStatement.class || type == CommonDataSource.class) {
      return "";
    }
    if (type == PreparedStatement.class) {
      return """

            /** Opens the execution of the prepared text; {@code done()} ends it. */
            abstract Ledger.Execution executing() throws SQLException;
          """;
    }
    if (type == Statement.class) {
      return """

            /** Opens the execution of a text; {@code done()} ends it. */
            abstract Ledger.Execution executing(String sql) throws SQLException;

            /** The driver has answered; what the caller gets. */
            abstract boolean ran(Ledger.Execution execution, boolean hasResultSet);

            abstract int ran(Ledger.Execution execution, int updateCount);

            abstract long ran(Ledger.Execution execution, long updateCount);

            abstract ResultSet ran(Ledger.Execution execution, ResultSet resultSet);
          """;
    }
    return "\n  abstract ResultSet linked(ResultSet resultSet);\n";
  }

  private static Stream<Method> methods(Shape shape) {
    return Arrays.stream(shape.type().getMethods())
        .filter(method -> !Modifier.isStatic(method.getModifiers()))
        .filter(method -> shape.parentType() == null || !declares(shape.parentType(), method))
        .filter(method -> !shape.byHand().contains(method.getName()))
        .sorted(Comparator.comparing(Method::getName)
            .thenComparing(method -> Arrays.toString(method.getGenericParameterTypes())));
  }

  private static boolean declares(Class<?> type, Method method) {
    return Arrays.stream(type.getMethods())
        .anyMatch(other -> other.getName().equals(method.getName())
            && Arrays.equals(other.getParameterTypes(), method.getParameterTypes()));
  }

  private static String method(Shape shape, Method method, Set<String> imports) {
    Type[] types = method.getGenericParameterTypes();
    String parameters = IntStream.range(0, types.length)
        .mapToObj(i -> name(types[i], imports) + " p" + (i + 1))
        .collect(Collectors.joining(", "));
    String arguments = IntStream.range(0, types.length)
        .mapToObj(i -> argument(method, i))
        .collect(Collectors.joining(", "));
    String typeParameters = Arrays.stream(method.getTypeParameters())
        .map(Type::getTypeName)
        .collect(Collectors.joining(", "));
    String throwing = Arrays.stream(method.getExceptionTypes())
        .map(type -> name(type, imports))
        .collect(Collectors.joining(", "));
    String call = shape.accessor() + "." + method.getName() + "(" + arguments + ")";
    String statement = isHeard(method)
        ? HEARD_CALL.formatted(types.length == 0 ? "" : "p1", call)
        : method.getReturnType() == void.class ? call : "return " + result(method, call);
    return """

          @Override
          public %s%s %s(%s)%s {
            %s%s
          }
        """.formatted(
            typeParameters.isEmpty() ? "" : "<" + typeParameters + "> ",
            name(method.getGenericReturnType(), imports),
            method.getName(),
            parameters,
            throwing.isEmpty() ? "" : " throws " + throwing,
            statement,
            isHeard(method) ? "" : ";");
  }

  private static final String HEARD_CALL = """
      Ledger.Execution execution = executing(%s);
      try {
        return ran(execution, %s);
      } finally {
        execution.done();
      }""";

  private static boolean isHeard(Method method) {
    return Statement.class.isAssignableFrom(method.getDeclaringClass())
        && HEARD.contains(method.getName());
  }

  /** An array of ours must reach the driver as the driver's own. */
  private static String argument(Method method, int index) {
    Class<?> type = method.getParameterTypes()[index];
    boolean mayBeOurs =
        (method.getName().startsWith("set") || method.getName().startsWith("update"))
            && (type == Object.class || type == Array.class);
    String name = "p" + (index + 1);
    return mayBeOurs ? "LinkedArray.bare(" + name + ")" : name;
  }

  /** What leads back to a statement or connection must lead back to ours. */
  private static String result(Method method, String call) {
    Class<?> type = method.getReturnType();
    boolean leadsBack =
        type == ResultSet.class || type == Array.class || method.getName().equals("getObject");
    if (!leadsBack) {
      return call;
    }
    return method.getTypeParameters().length == 0
        ? "linked(" + call + ")"
        : "linked(" + call + ", p2)";
  }

  private static String name(Type type, Set<String> imports) {
    if (type instanceof Class<?> plain) {
      Class<?> element = plain;
      while (element.isArray()) {
        element = element.getComponentType();
      }
      if (!element.isPrimitive() && !element.getPackageName().equals("java.lang")) {
        imports.add(element.getName().replace('$', '.'));
      }
      return plain.getSimpleName();
    }
    if (type instanceof java.lang.reflect.ParameterizedType parameterized) {
      return name(parameterized.getRawType(), imports)
          + Arrays.stream(parameterized.getActualTypeArguments())
              .map(argument -> name(argument, imports))
              .collect(Collectors.joining(", ", "<", ">"));
    }
    return type.getTypeName();
  }

  private static Set<String> with(Set<String> some, String... more) {
    return Stream.concat(some.stream(), Stream.of(more)).collect(Collectors.toUnmodifiableSet());
  }
}
