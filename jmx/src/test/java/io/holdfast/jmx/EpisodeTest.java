package io.holdfast.jmx;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What becomes news of a counter that rises. */
class EpisodeTest {

  private static final long NOW_MILLIS = 1_000_000;

  private final Episode episode = new Episode();

  @Test
  void look_counterThatWasThereBefore_isNoNews() {
    assertThat(episode.look(5_000, NOW_MILLIS)).isNull();
    assertThat(episode.look(5_000, NOW_MILLIS + 1_000)).isNull();
  }

  @Test
  void look_counterRises_beginsOnce_andEndsAfterAQuietMinute() {
    episode.look(10, NOW_MILLIS);
    assertThat(episode.look(13, NOW_MILLIS + 1_000))
        .isEqualTo(new Episode.News(true, NOW_MILLIS + 1_000, NOW_MILLIS + 1_000, 3));
    assertThat(episode.look(20, NOW_MILLIS + 2_000)).isNull();
    assertThat(episode.look(20, NOW_MILLIS + 61_999)).isNull();
    assertThat(episode.look(20, NOW_MILLIS + 62_000))
        .isEqualTo(new Episode.News(false, NOW_MILLIS + 1_000, NOW_MILLIS + 2_000, 10));
    assertThat(episode.look(20, NOW_MILLIS + 200_000)).isNull();
    assertThat(episode.look(21, NOW_MILLIS + 201_000))
        .isEqualTo(new Episode.News(true, NOW_MILLIS + 201_000, NOW_MILLIS + 201_000, 1));
  }

  /** An hour at the limit, with an eviction now and then: one beginning, one end. */
  @Test
  void look_eventsLessThanAMinuteApart_areOneEpisode() {
    List<Episode.News> news = new ArrayList<>();
    for (int second = 0; second <= 3_720; second++) {
      int until = Math.min(second, 3_600);
      Episode.News told = episode.look(until / 59, NOW_MILLIS + 1_000L * second);
      if (told != null) {
        news.add(told);
      }
    }
    assertThat(news).extracting(Episode.News::begins).containsExactly(true, false);
    assertThat(news.get(1).times()).isEqualTo(61);
  }

  @Test
  void look_counterStartsAnew_isNoNews() {
    episode.look(100, NOW_MILLIS);
    assertThat(episode.look(3, NOW_MILLIS + 1_000)).isNull();
    assertThat(episode.look(4, NOW_MILLIS + 2_000)).isNotNull();
  }
}
