package io.holdfast.store;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStreamWriter;
import java.io.Writer;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;

/** A conversation with an {@link AnsweringProcess}. */
record OtherProcess(Process process, BufferedReader in, Writer out) implements AutoCloseable {

  /** Returns when it has the file open. */
  static OtherProcess start(Path directory) throws IOException {
    Process process = ChildJvm.start(AnsweringProcess.class, directory.toString());
    var other = new OtherProcess(
        process,
        new BufferedReader(new InputStreamReader(process.getInputStream(), UTF_8)),
        new OutputStreamWriter(process.getOutputStream(), UTF_8));
    assertThat(other.in.readLine()).isEqualTo("open");
    return other;
  }

  String ask(String request) throws IOException {
    out.write(request + "\n");
    out.flush();
    return in.readLine();
  }

  @Override
  public void close() throws IOException {
    out.close();
    assertThat(process.onExit().orTimeout(20, TimeUnit.SECONDS).join().exitValue())
        .isZero();
  }
}
