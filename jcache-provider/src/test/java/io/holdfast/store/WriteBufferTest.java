package io.holdfast.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.holdfast.store.Change.Expectation;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** When a write may be acknowledged from memory: never while an older one has waited too long. */
final class WriteBufferTest {
  private static final RelaxedBounds BOUNDS = new RelaxedBounds(50, 100);

  private long nowNanos = Long.MAX_VALUE - TimeUnit.MILLISECONDS.toNanos(20);
  private final WriteBuffer buffer = new WriteBuffer(() -> BOUNDS, () -> nowNanos);

  private static final class Waits extends RuntimeException {
    private static final long serialVersionUID = 1L;
  }

  private void advance(long millis) {
    nowNanos += TimeUnit.MILLISECONDS.toNanos(millis);
  }

  private void add(String key) {
    var delete = new Change.Delete(StoreFixture.key(key), Expectation.ANY);
    buffer.add(delete, () -> {
      throw new Waits();
    });
  }

  private List<Change> take(String key) {
    return buffer.take(List.of(new Cell.Text(key)));
  }

  private void assertWaits(String key) {
    assertThatThrownBy(() -> add(key)).isInstanceOf(Waits.class);
  }

  @Test
  void add_oldestHasWaitedTooLong_waits() {
    add("old");
    advance(50);
    assertThatCode(() -> add("in time")).doesNotThrowAnyException();
    advance(1);
    assertWaits("late");
  }

  @Test
  void add_oldestIsOnItsWayForTooLong_waits() {
    add("old");
    assertThat(buffer.takeOldest(buffer.lastOrder(), 1)).hasSize(1);
    advance(30);
    add("young");
    advance(21);
    assertWaits("late");
    buffer.written();
    assertThatCode(() -> add("next")).doesNotThrowAnyException();
  }

  /** A kill test found this under load: a delete that was acknowledged longer ago than the bound was lost. */
  @Test
  void add_onlyAYoungerOneIsOnItsWay_waitsForTheOldestAllTheSame() {
    add("old");
    advance(30);
    add("young");
    assertThat(take("young")).hasSize(1);
    advance(21);
    assertWaits("late");
    buffer.written();
    assertWaits("late");
  }

  @Test
  void add_youngerTakenBeforeAnOlderOne_waitsForTheOlder() {
    add("old");
    advance(30);
    add("young");
    assertThat(take("young")).hasSize(1);
    assertThat(take("old")).hasSize(2);
    advance(21);
    assertWaits("late");
  }
}
