package io.holdfast.jcache;

import java.util.List;
import java.util.Objects;
import javax.cache.event.EventType;
import org.jspecify.annotations.Nullable;

/** The events of one key in the order in which a listener heard them. */
final class EventChain {
  private EventChain() {}

  /** What was heard. */
  record Heard(
      EventType type, @Nullable Integer oldValue, @Nullable Integer value) {}

  /**
   * Follows the entry from event to event.
   *
   * @param last the value in the end, or null
   * @return what does not fit, or null
   */
  static @Nullable String findBreak(List<Heard> events, @Nullable Integer last) {
    Integer now = null;
    for (int i = 0; i < events.size(); i++) {
      Heard event = events.get(i);
      boolean fits = switch (event.type()) {
        case CREATED -> now == null && event.oldValue() == null;
        case UPDATED, REMOVED, EXPIRED -> now != null && now.equals(event.oldValue());
      };
      if (!fits) {
        return "event " + i + " " + event + " after " + now;
      }
      boolean isThere = event.type() == EventType.CREATED || event.type() == EventType.UPDATED;
      now = isThere ? event.value() : null;
    }
    return Objects.equals(now, last) ? null : "ends with " + now + ", the cache with " + last;
  }
}
