package io.holdfast.response.spi;

import io.holdfast.response.ResponseStatistics;

/** A response cache as a monitor may see it: numbers, no keys, no answers. */
public interface MonitoredResponseCache {

  /** The name it was built with; several may share one. */
  String name();

  /** The counters at this moment; cheap, never throws, never asks the cache underneath. */
  ResponseStatistics statistics();
}
