package io.holdfast.store;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.Locale;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A file is the same file wherever it is opened: also where numbers are written in other digits. */
final class LocaleTest {
  private final Locale before = Locale.getDefault();

  @TempDir
  Path directory;

  @AfterEach
  void restore() {
    Locale.setDefault(before);
  }

  @Test
  void fileOfArabicDigits_openedElsewhere_hasItsRows() {
    Locale.setDefault(Locale.forLanguageTag("ar-EG-u-nu-arab"));
    assertThat(String.format("%d", 1)).as("the digits of this locale").isNotEqualTo("1");
    try (StoreFixture store = new StoreFixture(directory)) {
      store.store("a", "1");
    }
    Locale.setDefault(Locale.ROOT);
    try (StoreFixture store = new StoreFixture(directory)) {
      assertThat(store.value("a")).isEqualTo("1");
      assertThat(store.file().check()).isEmpty();
    }
  }
}
