package io.holdfast.response;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** Monitors hear of a response cache, and those that fail disturb nobody. */
class MonitorsTest {

  @Test
  void build_monitorsPresent_areToldDespiteTheFailingOnes() {
    try (var fixture = new CacheFixture()) {
      var responses = fixture.builder().name("monitored").build();
      try {
        assertThat(RecordingMonitor.OPEN)
            .filteredOn(cache -> cache.name().equals("monitored"))
            .singleElement()
            .satisfies(cache -> {
              responses.get(CacheFixture.KEY, () -> "because");
              assertThat(cache.statistics()).isEqualTo(responses.statistics());
              assertThat(cache.statistics().misses()).isEqualTo(1);
            });
      } finally {
        responses.close();
      }
      assertThat(RecordingMonitor.OPEN).noneMatch(cache -> cache.name().equals("monitored"));
    }
  }
}
