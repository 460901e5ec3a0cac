package io.holdfast.jcache;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.text.DecimalFormat;
import java.util.Map;
import java.util.Properties;
import java.util.Set;
import java.util.function.BiConsumer;
import javax.cache.Cache;
import javax.cache.CacheException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Values whose class is not on the allow-list, in caches of Object as frameworks make them: every
 * operation says so with the exception of JSR-107, and the entry stays as it was.
 */
final class RefusedValueTest {
  private static final DecimalFormat REFUSED = new DecimalFormat("0.00");

  @TempDir
  Path directory;

  private ManagerFixture fixture;

  @AfterEach
  void close() {
    fixture.close();
  }

  private Cache<Object, Object> objects(String allowed) {
    Properties settings = new Properties();
    settings.setProperty(HoldfastProperties.ALLOWED_CLASSES, allowed);
    fixture = new ManagerFixture(directory, settings);
    return fixture.cache("objects", Object.class, Object.class);
  }

  @Test
  void writing_aRefusedClass_isACacheExceptionAndChangesNothing() {
    Cache<Object, Object> cache = objects("com.acme.*");
    cache.put("k", "old");
    Map<String, BiConsumer<Cache<Object, Object>, Object>> writes = Map.of(
        "put", (c, v) -> c.put("k", v),
        "getAndPut", (c, v) -> c.getAndPut("k", v),
        "putAll", (c, v) -> c.putAll(Map.of("k", v)),
        "putIfAbsent", (c, v) -> c.putIfAbsent("absent", v),
        "replace", (c, v) -> c.replace("k", v),
        "getAndReplace", (c, v) -> c.getAndReplace("k", v),
        "replace by value", (c, v) -> c.replace("k", v, "new"),
        "remove by value", (c, v) -> c.remove("k", v),
        "invoke",
            (c, v) -> c.invoke("k", (entry, arguments) -> {
              entry.setValue(v);
              return null;
            }));
    writes.forEach((name, write) -> assertThatThrownBy(() -> write.accept(cache, REFUSED))
        .as(name)
        .isExactlyInstanceOf(CacheException.class)
        .hasMessageContaining("cache 'objects'")
        .hasMessageContaining("java.text.DecimalFormat is not on the allow-list"));
    assertThat(cache.get("k")).isEqualTo("old");
    assertThat(cache.containsKey("absent")).isFalse();
  }

  @Test
  void reading_aClassNoLongerAllowed_isACacheException() {
    objects("java.text.*").put("k", REFUSED);
    close();
    Cache<Object, Object> cache = objects("com.acme.*");
    assertThatThrownBy(() -> cache.get("k")).isExactlyInstanceOf(CacheException.class);
    assertThatThrownBy(() -> cache.getAll(Set.of("k"))).isExactlyInstanceOf(CacheException.class);
    assertThatThrownBy(() -> cache.invoke("k", (entry, arguments) -> entry.getValue()))
        .isExactlyInstanceOf(CacheException.class)
        .hasMessageContaining("java.text.DecimalFormat");
  }
}
