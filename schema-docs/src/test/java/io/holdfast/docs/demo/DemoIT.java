package io.holdfast.docs.demo;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The demonstration end to end: four runs, the last in a JVM of its own. */
class DemoIT {

  @TempDir
  Path directory;

  @Test
  void demo_postgresql_makesExactlyWhatChangedAnew() throws Exception {
    DemoFlow.assertDemo(DemoEngine.POSTGRESQL, directory);
  }

  @Test
  void demo_h2_makesExactlyWhatChangedAnew() throws Exception {
    DemoFlow.assertDemo(DemoEngine.H2, directory);
  }
}
