package io.holdfast.docs.demo;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The demonstration on the engine that starts fastest. */
class DemoTest {

  @TempDir
  Path directory;

  @Test
  void demo_sqlite_makesExactlyWhatChangedAnew() throws Exception {
    DemoFlow.assertDemo(DemoEngine.SQLITE, directory);
  }
}
