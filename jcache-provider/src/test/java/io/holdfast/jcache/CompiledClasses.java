package io.holdfast.jcache;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.reflect.Constructor;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import javax.tools.ToolProvider;

/** One version of an application's classes: compiled now, loaded by a class loader of their own. */
final class CompiledClasses implements AutoCloseable {
  private final URLClassLoader loader;

  /**
   * Compiles.
   *
   * @param sources by the class's name; all in the package {@code app}
   */
  CompiledClasses(Path directory, Map<String, String> sources) {
    try {
      Path classes = Files.createTempDirectory(directory, "classes");
      List<String> arguments = new ArrayList<>(List.of("-d", classes.toString()));
      for (Map.Entry<String, String> source : sources.entrySet()) {
        Path file = classes.resolve(source.getKey() + ".java");
        Files.writeString(file, "package app;\n" + source.getValue());
        arguments.add(file.toString());
      }
      int result = ToolProvider.getSystemJavaCompiler()
          .run(null, null, null, arguments.toArray(String[]::new));
      if (result != 0) {
        throw new IllegalArgumentException("the sources do not compile: " + sources);
      }
      loader = new URLClassLoader(
          new URL[] {classes.toUri().toURL()}, CompiledClasses.class.getClassLoader());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  ClassLoader loader() {
    return loader;
  }

  Class<?> type(String name) {
    try {
      return Class.forName("app." + name, true, loader);
    } catch (ClassNotFoundException e) {
      throw new IllegalArgumentException(e);
    }
  }

  /** A new object, by the one constructor of its class. */
  Object create(String name, Object... arguments) {
    try {
      Constructor<?> constructor = type(name).getDeclaredConstructors()[0];
      constructor.setAccessible(true);
      return constructor.newInstance(arguments);
    } catch (ReflectiveOperationException e) {
      throw new IllegalArgumentException(e);
    }
  }

  Object constant(String enumName, int ordinal) {
    return type(enumName).getEnumConstants()[ordinal];
  }

  @Override
  public void close() {
    try {
      loader.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
