package io.holdfast.docs.demo;

/** The engines that the sample shop runs on. */
public enum DemoEngine {
  POSTGRESQL,
  SQLITE,
  H2
}
