package io.holdfast.jmx;

/** Makes threads that keep no JVM and no class loader of an application alive. */
final class Daemon {

  private Daemon() {}

  static Thread thread(String name, Runnable work) {
    var thread = new Thread(null, work, name, 0, /* inheritThreadLocals= */ false);
    thread.setDaemon(true);
    thread.setContextClassLoader(null);
    return thread;
  }
}
