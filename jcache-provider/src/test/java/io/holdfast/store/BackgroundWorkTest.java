package io.holdfast.store;

import static io.holdfast.store.Eventually.eventually;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/** When the thread of a file rests, and what ends its rest; a rest takes an hour here. */
final class BackgroundWorkTest {
  private static final int HOUR_OF_TICKS = 36_000;

  private final AtomicBoolean isIdle = new AtomicBoolean(true);
  private final AtomicInteger runs = new AtomicInteger();

  private BackgroundWork started() {
    var work = new BackgroundWork("test", Path.of("none"), HOUR_OF_TICKS);
    work.every(BackgroundWork.TICK_MILLIS, "count", runs::incrementAndGet);
    work.restWhile(isIdle::get);
    return work;
  }

  @Test
  void attend_whileItRests_runsAllThatIsDueAndGoesOn() throws Exception {
    try (BackgroundWork work = started()) {
      eventually("it rests", work::rests);
      int before = runs.get();
      isIdle.set(false);
      work.attend();
      eventually("it runs again and again", () -> runs.get() >= before + 3);
      assertThat(work.rests()).isFalse();
    }
  }

  @Test
  void attend_oftenAtTheSameTime_leavesOneTick() throws Exception {
    try (BackgroundWork work = started()) {
      eventually("it rests", work::rests);
      int before = runs.get();
      for (int call = 0; call < 1_000; call++) {
        work.attend();
      }
      eventually("it rests", work::rests);
      // One at once, and so many until it is sure that there is nothing to do.
      assertThat(runs.get() - before).isLessThanOrEqualTo(BackgroundWork.TICKS_TO_REST + 1);
    }
  }

  @Test
  void tick_whileAnythingIsToDo_doesNotRest() throws Exception {
    isIdle.set(false);
    try (BackgroundWork work = started()) {
      eventually("it would rest by now", () -> runs.get() > 2 * BackgroundWork.TICKS_TO_REST);
      assertThat(work.rests()).isFalse();
    }
  }
}
