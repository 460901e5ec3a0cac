package io.holdfast.jcache;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.Properties;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import javax.cache.Cache;
import javax.cache.CacheException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Leases by hand, in one process. */
@Timeout(60)
final class LeasesTest {
  private static final Duration TIME = Duration.ofSeconds(5);

  @TempDir
  Path directory;

  private ManagerFixture fixture;
  private Cache<String, String> cache;
  private Leases<String, String> leases;

  @BeforeEach
  void open() {
    fixture = new ManagerFixture(directory);
    cache = fixture.words();
    leases = leasesOf(cache);
  }

  @AfterEach
  void close() {
    fixture.close();
  }

  @SuppressWarnings("unchecked") // unwrap knows classes only
  static <K, V> Leases<K, V> leasesOf(Cache<K, V> cache) {
    return cache.unwrap(Leases.class);
  }

  @Test
  void putIfHeld_putsAndEndsTheLease() {
    cache.put("key", "old");
    assertThat(cache.get("key")).isEqualTo("old");
    try (Lease<String> lease = leases.tryAcquire("key", TIME).orElseThrow()) {
      assertThat(leases.tryAcquire("key", TIME)).isEmpty();
      assertThat(lease.isHeld()).isTrue();
      assertThat(lease.putIfHeld("computed")).isTrue();
      assertThat(lease.isHeld()).isFalse();
      assertThat(lease.putIfHeld("again")).isFalse();
    }
    assertThat(cache.get("key")).isEqualTo("computed");
    fixture.reopen();
    assertThat(fixture.words().get("key")).isEqualTo("computed");
  }

  @Test
  void putIfHeld_relaxed_isNotPutOffToALaterTransaction(@TempDir Path other) {
    Properties relaxed = new Properties();
    relaxed.setProperty(HoldfastProperties.DURABILITY, "relaxed");
    try (var relaxedFixture = new ManagerFixture(other, relaxed)) {
      Cache<String, String> words = relaxedFixture.words();
      Lease<String> lost = leasesOf(words).tryAcquire("key", TIME).orElseThrow();
      words.clear();
      assertThat(lost.putIfHeld("old")).isFalse();
      assertThat(words.get("key")).isNull();
      assertThat(leasesOf(words).tryAcquire("key", TIME).orElseThrow().putIfHeld("new"))
          .isTrue();
      assertThat(words.get("key")).isEqualTo("new");
    }
  }

  @Test
  void putIfHeld_afterClear_leavesTheCacheAsItIs() {
    try (Lease<String> lease = leases.tryAcquire("key", TIME).orElseThrow()) {
      cache.clear();
      cache.put("key", "newer");
      assertThat(lease.putIfHeld("computed before")).isFalse();
    }
    assertThat(cache.get("key")).isEqualTo("newer");
  }

  @Test
  void operations_whileALeaseIsHeld_goOn() {
    try (Lease<String> lease = leases.tryAcquire("key", TIME).orElseThrow()) {
      cache.put("key", "by hand");
      assertThat(cache.get("key")).isEqualTo("by hand");
      assertThat(cache.replace("key", "by hand", "replaced")).isTrue();
      assertThat(cache.remove("key")).isTrue();
      assertThat(lease.isHeld()).isTrue();
    }
  }

  @Test
  void acquire_whileHeld_waitsForTheRelease() throws Exception {
    Lease<String> first = leases.tryAcquire("key", TIME).orElseThrow();
    assertThat(leases.acquire("key", TIME, Duration.ofMillis(30))).isEmpty();
    CompletableFuture<Optional<Lease<String>>> second = CompletableFuture.supplyAsync(() -> {
      try {
        return leases.acquire("key", TIME, Duration.ofSeconds(40));
      } catch (InterruptedException e) {
        throw new AssertionError(e);
      }
    });
    assertThat(second).isNotDone();

    first.close();
    long releasedAtNanos = System.nanoTime();

    try (Lease<String> taken = second.get(30, TimeUnit.SECONDS).orElseThrow()) {
      // Well before the first lease would have run out: the release is what woke it.
      assertThat(System.nanoTime() - releasedAtNanos).isLessThan(TIME.toNanos());
      assertThat(taken.token()).isGreaterThan(first.token());
    }
  }

  @Test
  void tryAcquire_shorterThanASecond_isRefused() {
    assertThatThrownBy(() -> leases.tryAcquire("key", Duration.ofMillis(999)))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void unwrap_ofACacheInTheHeap_hasNoLeases(@TempDir Path other) {
    try (ManagerFixture heap = ManagerFixture.onHeap(other)) {
      Cache<String, String> words = heap.words();
      assertThatThrownBy(() -> leasesOf(words)).isInstanceOf(IllegalArgumentException.class);
    }
  }

  @Test
  void setting_thatIsNeitherOnNorOff_isRefused(@TempDir Path other) {
    Properties wrong = new Properties();
    wrong.setProperty(HoldfastProperties.LEASES, "perhaps");
    assertThatThrownBy(() -> new ManagerFixture(other, wrong))
        .isInstanceOf(CacheException.class)
        .hasMessageContaining(HoldfastProperties.LEASES);
  }
}
