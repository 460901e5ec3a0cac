package io.holdfast.codec;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.lang.ref.WeakReference;
import java.lang.reflect.Method;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What is remembered of a class keeps nobody alive. */
@Timeout(60)
final class PerClassTest {

  /** Of a loader of its own in one test. */
  public enum Colour {
    RED
  }

  @Test
  void platformClass_usedFromALoaderOfOurs_letsThatLoaderGo() throws Exception {
    WeakReference<ClassLoader> loader = hashAWordInALoaderOfItsOwn();
    assertThat(isCollected(loader)).isTrue();
  }

  private static WeakReference<ClassLoader> hashAWordInALoaderOfItsOwn() throws Exception {
    try (var loader = anotherLoader(ClassLoader.getPlatformClassLoader())) {
      Method of =
          loader.loadClass(StableHash.class.getName()).getDeclaredMethod("of", Object.class);
      of.setAccessible(true);
      assertThat(of.invoke(null, List.of("word"))).isEqualTo(StableHash.of(List.of("word")));
      return new WeakReference<>(loader);
    }
  }

  @Test
  void classOfALoaderBelowOurs_usedFromHere_isCollected() throws Exception {
    WeakReference<ClassLoader> loader = hashAColourOfALoaderOfItsOwn();
    assertThat(isCollected(loader)).isTrue();
  }

  private static WeakReference<ClassLoader> hashAColourOfALoaderOfItsOwn() throws Exception {
    try (var loader = new OwnColour()) {
      Object red = loader.loadClass(Colour.class.getName()).getEnumConstants()[0];
      assertThat(red).isNotInstanceOf(Colour.class);
      assertThat(StableHash.of(red)).isEqualTo(StableHash.of(Colour.RED));
      return new WeakReference<>(loader);
    }
  }

  /** Takes everything from the class path's loader but {@link Colour}. */
  private static final class OwnColour extends URLClassLoader {
    OwnColour() throws Exception {
      super(classPath(), PerClassTest.class.getClassLoader());
    }

    @Override
    public Class<?> loadClass(String name) throws ClassNotFoundException {
      synchronized (getClassLoadingLock(name)) {
        if (!name.equals(Colour.class.getName())) {
          return super.loadClass(name);
        }
        Class<?> loaded = findLoadedClass(name);
        return loaded == null ? findClass(name) : loaded;
      }
    }
  }

  private static URLClassLoader anotherLoader(ClassLoader parent) throws Exception {
    return new URLClassLoader(classPath(), parent);
  }

  private static URL[] classPath() throws Exception {
    var urls = new ArrayList<URL>();
    for (String entry : System.getProperty("java.class.path").split(File.pathSeparator, -1)) {
      urls.add(Path.of(entry).toUri().toURL());
    }
    return urls.toArray(URL[]::new);
  }

  private static boolean isCollected(WeakReference<ClassLoader> loader)
      throws InterruptedException {
    for (int i = 0; i < 200 && loader.get() != null; i++) {
      System.gc();
      TimeUnit.MILLISECONDS.sleep(10);
    }
    return loader.get() == null;
  }
}
