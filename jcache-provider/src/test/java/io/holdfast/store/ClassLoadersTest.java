package io.holdfast.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assumptions.assumeThat;

import java.io.File;
import java.io.IOException;
import java.lang.reflect.Constructor;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.sqlite.SQLiteJDBCLoader;

/** Several class loaders of one process open one file: two drivers would drop each other's locks. */
@Timeout(120)
final class ClassLoadersTest {
  @TempDir
  Path directory;

  /** A {@link StoreFixture} of another class loader. */
  private record Foreign(AutoCloseable store) implements AutoCloseable {
    static Foreign open(ClassLoader loader, Path directory) throws Throwable {
      Constructor<?> constructor =
          loader.loadClass(StoreFixture.class.getName()).getDeclaredConstructor(Path.class);
      constructor.setAccessible(true);
      try {
        return new Foreign((AutoCloseable) constructor.newInstance(directory));
      } catch (InvocationTargetException e) {
        throw e.getCause();
      }
    }

    private Object call(String method, Object... arguments) throws Throwable {
      Class<?>[] types = Stream.of(arguments).map(Object::getClass).toArray(Class<?>[]::new);
      Method called = store.getClass().getDeclaredMethod(method, types);
      called.setAccessible(true);
      return called.invoke(store, arguments);
    }

    @Override
    public void close() {
      try {
        call("close");
      } catch (Throwable e) {
        throw new AssertionError(e);
      }
    }
  }

  private static URLClassLoader withOwnDriver() throws Exception {
    return new URLClassLoader(classPath(), ClassLoader.getPlatformClassLoader());
  }

  private static URL[] classPath() throws Exception {
    String[] entries = System.getProperty("java.class.path").split(File.pathSeparator, -1);
    URL[] urls = new URL[entries.length];
    for (int i = 0; i < entries.length; i++) {
      urls[i] = Path.of(entries[i]).toUri().toURL();
    }
    return urls;
  }

  private static URLClassLoader driverAlone() {
    URL driver = SQLiteJDBCLoader.class.getProtectionDomain().getCodeSource().getLocation();
    return new URLClassLoader(new URL[] {driver}, ClassLoader.getPlatformClassLoader());
  }

  @Test
  void open_openThroughAnotherDriver_isRefusedUntilThatIsClosed() throws Throwable {
    try (var loader = withOwnDriver()) {
      try (var other = Foreign.open(loader, directory)) {
        other.call("store", "a", "1");

        assertThatThrownBy(() -> new StoreFixture(directory))
            .isInstanceOf(StoreException.class)
            .hasMessageContaining("another class loader of this process has it open")
            .hasMessageContaining(StoreFixture.fileIn(directory).toString());
        assertThatThrownBy(() -> CacheFile.openExisting(StoreFixture.fileIn(directory)))
            .isInstanceOf(StoreException.class)
            .hasMessageContaining("another class loader of this process has it open");

        other.call("store", "b", "2");
        assertThat(other.call("value", "a")).isEqualTo("1");
      }
      try (var store = new StoreFixture(directory)) {
        assertThat(store.value("b")).isEqualTo("2");
        assertThatThrownBy(() -> Foreign.open(loader, directory))
            .hasMessageContaining("another class loader of this process has it open");
      }
      Foreign.open(loader, directory).close();
    }
  }

  @Test
  void open_otherFileThroughAnotherDriver_isOpened(@TempDir Path elsewhere) throws Throwable {
    try (var loader = withOwnDriver();
        var other = Foreign.open(loader, elsewhere);
        var store = new StoreFixture(directory)) {
      other.call("store", "a", "1");
      store.store("a", "2");
      assertThat(other.call("value", "a")).isEqualTo("1");
      assertThat(store.value("a")).isEqualTo("2");
    }
  }

  /** As two applications of a server that has the driver in its shared directory. */
  @Test
  void open_openThroughTheSameDriver_bothWork() throws Throwable {
    try (var driver = driverAlone();
        var firstLoader = new URLClassLoader(classPath(), driver);
        var secondLoader = new URLClassLoader(classPath(), driver)) {
      try (var first = Foreign.open(firstLoader, directory)) {
        try (var second = Foreign.open(secondLoader, directory)) {
          for (int i = 0; i < 50; i++) {
            first.call("store", "first", String.valueOf(i));
            assertThat(second.call("value", "first")).isEqualTo(String.valueOf(i));
            second.call("store", "second", String.valueOf(i));
            assertThat(first.call("value", "second")).isEqualTo(String.valueOf(i));
          }
          try (var other = OtherProcess.start(directory)) {
            assertThat(other.ask("get first")).isEqualTo("49");
            assertThat(other.ask("put third 3")).isEqualTo("stored");
          }
        }
        assertThat(first.call("value", "third")).isEqualTo("3");
        assertThatThrownBy(() -> new StoreFixture(directory))
            .hasMessageContaining("another class loader of this process has it open");
      }
    }
    try (var store = new StoreFixture(directory)) {
      assertThat(store.value("second")).isEqualTo("49");
      assertThat(store.file().check()).isEmpty();
    }
  }

  /** Closing any descriptor of the log's index would drop all locks that the process has on it. */
  @Test
  void close_openThroughTheSameDriverElsewhere_keepsTheLocksOfTheLogIndex() throws Throwable {
    try (var driver = driverAlone();
        var firstLoader = new URLClassLoader(classPath(), driver);
        var secondLoader = new URLClassLoader(classPath(), driver)) {
      var first = Foreign.open(firstLoader, directory);
      try (var second = Foreign.open(secondLoader, directory)) {
        second.call("store", "a", "1");
        assumeThat(locksOfTheLogIndex()).as("the system tells of locks").isNotEmpty();

        first.close();

        assertThat(locksOfTheLogIndex()).isNotEmpty();
        try (var other = OtherProcess.start(directory)) {
          assertThat(other.ask("put b 2")).isEqualTo("stored");
          second.call("store", "c", "3");
          assertThat(other.ask("get c")).isEqualTo("3");
        }
        assertThat(second.call("value", "b")).isEqualTo("2");
      }
    }
    assertThat(System.getProperties().keySet())
        .noneMatch(name -> name.toString().contains(directory.toString()));
    try (var store = new StoreFixture(directory)) {
      assertThat(store.file().check()).isEmpty();
    }
  }

  private List<String> locksOfTheLogIndex() throws IOException {
    Path locks = Path.of("/proc/locks");
    assumeThat(locks).isReadable();
    Path index = Path.of(StoreFixture.fileIn(directory) + "-shm");
    String file = ":" + Files.getAttribute(index, "unix:ino") + " ";
    return Files.readAllLines(locks).stream()
        .filter(line -> line.contains(file))
        .toList();
  }

  /** The mark of a class loader whose threads are gone, and with them all who could use the file. */
  @Test
  void open_claimOfALoaderThatIsGone_isOpened() {
    // A name of its own: threads of any file of the usual name would stand for this one.
    Path file = directory.toAbsolutePath().resolve("claimed.db");
    String property = "io.holdfast.store.open:" + file;
    System.setProperty(property, "gone/1");
    try (var store =
        new StoreFixture(StoreSettings.of(file), StoreFixture.definition(10, 10_000))) {
      store.store("a", "1");
      assertThat(store.value("a")).isEqualTo("1");
    }
    assertThat(System.getProperty(property)).isNull();
  }
}
