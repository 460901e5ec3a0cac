package io.holdfast.schema;

/** Whether this runtime has JDK Flight Recorder; a trimmed one may not. Then no event class is loaded. */
final class FlightRecording {

  /** A constant to the compiler: where it is false, what it guards is not there. */
  static final boolean IS_POSSIBLE = isPossible();

  private FlightRecording() {}

  private static boolean isPossible() {
    try {
      Class.forName("jdk.jfr.Event", false, FlightRecording.class.getClassLoader());
      return true;
    } catch (ClassNotFoundException | LinkageError e) {
      return false;
    }
  }
}
