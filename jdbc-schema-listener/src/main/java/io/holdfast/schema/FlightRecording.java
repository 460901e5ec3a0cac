package io.holdfast.schema;

import jdk.jfr.FlightRecorder;

/**
 * Whether somebody may be recording with JDK Flight Recorder. Until a first recording has begun, and where a
 * trimmed runtime has no recorder, no event class is loaded: that would start the recorder.
 */
final class FlightRecording {

  /** A constant to the compiler: where it is false, what it guards is not there. */
  private static final boolean IS_POSSIBLE = isPossible();

  private FlightRecording() {}

  /** Costs one volatile read; stays true once it is. */
  static boolean mayBeOn() {
    return IS_POSSIBLE && FlightRecorder.isInitialized();
  }

  private static boolean isPossible() {
    try {
      Class.forName("jdk.jfr.Event", false, FlightRecording.class.getClassLoader());
      return true;
    } catch (ClassNotFoundException | LinkageError e) {
      return false;
    }
  }
}
