package io.holdfast.jcache;

import static io.holdfast.store.Eventually.eventually;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.holdfast.store.ChildJvm;
import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.io.Writer;
import java.nio.file.Path;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import javax.cache.Cache;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Two processes miss the same entry: one of them loads it. */
@Timeout(120)
final class LeasedLoadsIT {
  private static final String KEY = "report";

  @TempDir
  Path directory;

  private final AtomicInteger ownLoads = new AtomicInteger();
  private ManagerFixture fixture;
  private Cache<String, String> cache;
  private Process child;
  private BufferedReader fromChild;
  private Writer toChild;

  @BeforeEach
  void childIsLoading() throws Exception {
    fixture = new ManagerFixture(directory, LeasedLoadingProcess.leasing());
    cache = LeasedLoadingProcess.open(
        fixture.manager(), key -> "loaded here " + ownLoads.incrementAndGet());
    child = ChildJvm.start(LeasedLoadingProcess.class, fixture.file().toString(), KEY);
    fromChild = new BufferedReader(new InputStreamReader(child.getInputStream(), UTF_8));
    toChild = child.outputWriter(UTF_8);
    assertThat(fromChild.readLine()).isEqualTo("loading");
  }

  @AfterEach
  void close() {
    child.destroyForcibly();
    fixture.close();
  }

  private FutureTask<String> getAndWait() throws Exception {
    var get = new FutureTask<>(() -> cache.get(KEY));
    Thread thread = new Thread(get, "waits for the other process");
    thread.start();
    eventually(
        "the get waits", () -> thread.getState() == Thread.State.TIMED_WAITING || get.isDone());
    return get;
  }

  private void childLoads(String value) throws Exception {
    toChild.write(value + "\n");
    toChild.flush();
    assertThat(fromChild.readLine()).isEqualTo(value);
  }

  @Test
  void get_whileAnotherProcessLoads_takesWhatThatLoaded() throws Exception {
    FutureTask<String> get = getAndWait();

    childLoads("loaded there");

    assertThat(get.get(60, TimeUnit.SECONDS)).isEqualTo("loaded there");
    assertThat(ownLoads).hasValue(0);
  }

  @Test
  void get_whenTheLoadingProcessIsKilled_loadsAfterItsLease() throws Exception {
    FutureTask<String> get = getAndWait();

    child.destroyForcibly().waitFor();

    assertThat(get.get(60, TimeUnit.SECONDS)).isEqualTo("loaded here 1");
    assertThat(cache.get(KEY)).isEqualTo("loaded here 1");
  }

  @Test
  void put_whileAnotherProcessLoads_isNotHeldUp_andIsWhatTheWaitingGetReturns() throws Exception {
    FutureTask<String> get = getAndWait();

    cache.put(KEY, "put by hand");

    assertThat(get.get(60, TimeUnit.SECONDS)).isEqualTo("put by hand");
    assertThat(ownLoads).hasValue(0);
  }

  @Test
  void get_whileAnotherProcessLoadsForLongerThanItsLease_goesOnWaiting() throws Exception {
    FutureTask<String> get = getAndWait();

    assertThat(child.waitFor(6, TimeUnit.SECONDS))
        .as("the child is still loading")
        .isFalse();
    assertThat(get).isNotDone();
    childLoads("loaded late");

    assertThat(get.get(60, TimeUnit.SECONDS)).isEqualTo("loaded late");
    assertThat(ownLoads).hasValue(0);
  }
}
