package io.holdfast.jmx.console;

import java.util.List;

/**
 * What the bean of a watched database says at one moment.
 *
 * @param numbers its counters
 * @param fingerprint the short fingerprint over all tables, empty before the first reading
 * @param recent its last drifts, newest first
 */
record DatabaseState(Numbers numbers, String fingerprint, List<Drift> recent) {

  DatabaseState {
    recent = List.copyOf(recent);
  }
}
