package io.holdfast.bench.suite;

/** Whose code a frame is. */
enum Owner {
  HOLDFAST("Holdfast", "#7fb0ea"),
  SQLITE("SQLite and its driver", "#eeb98a"),
  JDK("the JDK", "#d6d5cf"),
  OTHER("other libraries", "#b5d6b0");

  private final String title;
  private final String colour;

  Owner(String title, String colour) {
    this.title = title;
    this.colour = colour;
  }

  String title() {
    return title;
  }

  String colour() {
    return colour;
  }

  /** By the class and method of a frame, or the name of a thread. */
  static Owner of(String frame) {
    if (frame.startsWith("io.holdfast.") || frame.startsWith("holdfast-")) {
      return HOLDFAST;
    }
    if (frame.startsWith("org.sqlite.")) {
      return SQLITE;
    }
    return frame.matches("(java|javax|jdk|sun)\\..*") ? JDK : OTHER;
  }
}
