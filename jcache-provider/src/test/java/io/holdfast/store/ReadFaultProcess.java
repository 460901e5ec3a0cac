package io.holdfast.store;

import java.io.FileDescriptor;
import java.io.IOException;
import java.lang.reflect.Field;
import java.lang.reflect.Method;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * A process whose descriptors of the file go bad while it is open: each read of the system fails from
 * then on. Prints what its reads and writes met, and what is there when the file is opened again.
 */
final class ReadFaultProcess {
  static final int KEYS = 1_000;

  private ReadFaultProcess() {}

  /** Argument: the directory of the file. */
  public static void main(String[] arguments) throws Exception {
    try (var store = new StoreFixture(Path.of(arguments[0]))) {
      for (int i = 0; i < KEYS; i++) {
        store.store("key" + i, value(i));
      }
      store.file().checkpoint();
      ruinDescriptorsOf(store.path());
      System.out.println(readAll(store));
      System.out.println("put " + put(store));
      store.reopen();
      System.out.println(readAll(store));
      System.out.println("put " + store.value("late"));
      System.out.println("findings " + store.file().check().size());
    }
  }

  private static String value(int key) {
    return ("value " + key + " ").repeat(50);
  }

  private static String readAll(StoreFixture store) {
    int right = 0;
    int wrong = 0;
    int failed = 0;
    for (int i = 0; i < KEYS; i++) {
      try {
        if (value(i).equals(store.value("key" + i))) {
          right++;
        } else {
          wrong++;
        }
      } catch (StoreException e) {
        failed++;
      }
    }
    return "right " + right + " wrong " + wrong + " failed " + failed;
  }

  private static String put(StoreFixture store) {
    try {
      store.store("late", "stored");
      return "stored";
    } catch (StoreException e) {
      return "null";
    }
  }

  private static void ruinDescriptorsOf(Path file) throws Exception {
    List<Path> descriptors;
    try (var all = Files.list(Path.of("/proc/self/fd"))) {
      descriptors = all.filter(descriptor -> isOf(descriptor, file)).toList();
    }
    for (Path descriptor : descriptors) {
      ruin(Integer.parseInt(descriptor.getFileName().toString()));
    }
  }

  private static boolean isOf(Path descriptor, Path file) {
    try {
      return Files.readSymbolicLink(descriptor).equals(file);
    } catch (IOException closedMeanwhile) {
      return false;
    }
  }

  // What the JDK does to a channel before it closes it: a dead socket takes
  // the descriptor's number, and a read at some position of that is an error.
  private static void ruin(int number) throws ReflectiveOperationException {
    FileDescriptor descriptor = new FileDescriptor();
    Field field = FileDescriptor.class.getDeclaredField("fd");
    field.setAccessible(true);
    field.setInt(descriptor, number);
    Method preClose = preClose();
    preClose.setAccessible(true);
    preClose.invoke(null, descriptor);
  }

  private static Method preClose() throws ReflectiveOperationException {
    try {
      return Class.forName("sun.nio.ch.UnixDispatcher")
          .getDeclaredMethod("preClose0", FileDescriptor.class);
    } catch (ClassNotFoundException beforeJdk21) {
      return Class.forName("sun.nio.ch.FileDispatcherImpl")
          .getDeclaredMethod("preClose0", FileDescriptor.class);
    }
  }
}
