package io.holdfast.jcache;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Date;
import java.util.List;
import javax.cache.Cache;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What a caller does to its objects never reaches the cache, over the file and over the heap alone. */
@SuppressWarnings("JavaUtilDate") // a value of the JDK that can change, which is what is tested
final class StoreByValueTest {
  @TempDir
  Path directory;

  private ManagerFixture fixture(boolean onHeap) {
    return onHeap ? ManagerFixture.onHeap(directory) : new ManagerFixture(directory);
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void put_valueChangedAfterwards_keepsWhatWasPut(boolean onHeap) {
    try (var fixture = fixture(onHeap)) {
      Cache<String, Date> cache = fixture.cache("dates", String.class, Date.class);
      Date mine = new Date(1);
      cache.put("a", mine);
      mine.setTime(2);
      assertThat(cache.get("a")).isEqualTo(new Date(1));
    }
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void get_valueChangedAfterwards_keepsWhatWasPut(boolean onHeap) {
    try (var fixture = fixture(onHeap)) {
      Cache<String, Date> cache = fixture.cache("dates", String.class, Date.class);
      cache.put("a", new Date(1));
      cache.get("a").setTime(2);
      cache.get("a").setTime(3); // from the heap this time
      cache.iterator().next().getValue().setTime(4);
      assertThat(cache.get("a")).isEqualTo(new Date(1));
    }
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void put_keyChangedAfterwards_isFoundUnderTheOldKey(boolean onHeap) {
    try (var fixture = fixture(onHeap)) {
      Cache<Date, String> cache = fixture.cache("byDate", Date.class, String.class);
      Date mine = new Date(1);
      cache.put(mine, "a");
      assertThat(cache.get(mine)).isEqualTo("a");
      mine.setTime(2);
      assertThat(cache.get(new Date(1))).isEqualTo("a");
      assertThat(cache.get(mine)).isNull();
    }
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void invoke_valueChangedWithoutSetValue_changesNothing(boolean onHeap) {
    try (var fixture = fixture(onHeap)) {
      Cache<String, Object> cache = fixture.cache("lists", String.class, Object.class);
      cache.put("a", new ArrayList<>(List.of("x")));
      cache.invoke("a", (entry, arguments) -> {
        ((ArrayList<?>) entry.getValue()).clear();
        return null;
      });
      assertThat(cache.get("a")).isEqualTo(List.of("x"));
      assertThat(cache.replace("a", new ArrayList<>(List.of("x")), "y")).isTrue();
    }
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void get_immutableType_isTheSameInstanceOnEachHeapHit(boolean onHeap) {
    try (var fixture = fixture(onHeap)) {
      Cache<String, String> cache = fixture.words();
      cache.put("a", "long enough not to be interned");
      assertThat(cache.get("a")).isSameAs(cache.get("a"));
    }
  }
}
