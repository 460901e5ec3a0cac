package io.holdfast.encryption;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.holdfast.store.Cell;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

final class ValueCipherTest {
  private static final Cell KEY = new Cell.Text("customer-7");
  private static final long VERSION = 4_711;
  private static final ValueKey OLD = Keys.key("2025", 5);
  private static final ValueKey NEW = Keys.key("2026", 6);

  /** {@code "Gr\u00fc\u00dfe"} under the key 2026, of 32 bytes 06, for KEY and VERSION in the cache "things". */
  private static final String PINNED =
      "010432303236638c669bebaf07074e6eefdc4da2b85bdaac305d313cbcefc93a"
          + "1eb20b7b60ac057fec04b36d3df742ad9dd37cc140f9";

  private final ValueCipher cipher = cipherOf(ValueKeys.of(NEW, OLD));

  private static ValueCipher cipherOf(ValueKeys keys) {
    return new ValueCipher(keys, "things");
  }

  private static byte[] bytes(Cell cell) {
    return ((Cell.Blob) cell).value();
  }

  static Stream<Cell> cells() {
    return Stream.of(
        new Cell.Text(""),
        new Cell.Text("Gr\u00fc\u00dfe \ud83d\ude00"),
        new Cell.Whole(0),
        new Cell.Whole(Long.MIN_VALUE),
        new Cell.Real(-0.0),
        new Cell.Real(Math.PI),
        new Cell.Blob(new byte[0]),
        new Cell.Blob(new byte[] {1, 0, -1}),
        new Cell.Blob(new byte[100_000]));
  }

  @ParameterizedTest
  @MethodSource("cells")
  void decrypt_whatWasEncrypted_isTheSameCell(Cell plain) {
    Cell encrypted = cipher.encrypt(plain, KEY, VERSION);
    assertThat(encrypted).isInstanceOf(Cell.Blob.class);
    assertThat(cipher.decrypt(encrypted, KEY, VERSION)).isEqualTo(plain);
  }

  @ParameterizedTest
  @MethodSource("cells")
  void decrypt_underEachTypeOfKey_isTheSameCell(Cell key) {
    Cell encrypted = cipher.encrypt(new Cell.Text("value"), key, VERSION);
    assertThat(cipher.decrypt(encrypted, key, VERSION)).isEqualTo(new Cell.Text("value"));
  }

  @Test
  void encrypt_theSameTwice_looksDifferentEachTime() {
    Cell plain = new Cell.Text("value");
    byte[] one = bytes(cipher.encrypt(plain, KEY, VERSION));
    byte[] other = bytes(cipher.encrypt(plain, KEY, VERSION));
    assertThat(Arrays.copyOfRange(one, 6, one.length))
        .isNotEqualTo(Arrays.copyOfRange(other, 6, other.length));
  }

  @Test
  void decrypt_theLayoutAsPublished_works() throws Exception {
    Cell pinned = new Cell.Blob(HexFormat.of().parseHex(PINNED));
    assertThat(cipher.decrypt(pinned, KEY, VERSION)).isEqualTo(new Cell.Text("Gr\u00fc\u00dfe"));
    assertThat(readByAnotherProgram(bytes(pinned))).isEqualTo("TGr\u00fc\u00dfe");
  }

  @Test
  void anotherProgram_thatKnowsTheDescriptionAlone_readsTheCell() throws Exception {
    byte[] cell = bytes(cipher.encrypt(new Cell.Text("a value of today"), KEY, VERSION));
    assertThat(readByAnotherProgram(cell)).isEqualTo("Ta value of today");
  }

  private static String readByAnotherProgram(byte[] cell) throws Exception {
    byte[] key = new byte[32];
    Arrays.fill(key, (byte) 6);
    byte[] content = LayoutReader.decrypt(key, cell, "things", "customer-7", VERSION);
    return new String(content, StandardCharsets.UTF_8);
  }

  @Test
  void decrypt_anyBitOfTheCellChanged_isNothing() {
    byte[] cell = bytes(cipher.encrypt(new Cell.Text("value"), KEY, VERSION));
    for (int bit = 0; bit < cell.length * Byte.SIZE; bit++) {
      byte[] changed = cell.clone();
      changed[bit / Byte.SIZE] ^= (byte) (1 << bit % Byte.SIZE);
      assertThat(cipher.decrypt(new Cell.Blob(changed), KEY, VERSION))
          .as("bit " + bit)
          .isNull();
    }
  }

  @Test
  void decrypt_theCellCutAnywhere_isNothing() {
    byte[] cell = bytes(cipher.encrypt(new Cell.Text("value"), KEY, VERSION));
    for (int length = 0; length < cell.length; length++) {
      Cell cut = new Cell.Blob(Arrays.copyOf(cell, length));
      assertThat(cipher.decrypt(cut, KEY, VERSION)).as(length + " bytes").isNull();
    }
  }

  @Test
  void decrypt_inAnotherPlace_isNothing() {
    Cell cell = cipher.encrypt(new Cell.Text("value"), KEY, VERSION);
    assertThat(cipher.decrypt(cell, new Cell.Text("customer-8"), VERSION)).isNull();
    assertThat(cipher.decrypt(cell, KEY, VERSION + 1)).isNull();
    assertThat(new ValueCipher(ValueKeys.of(NEW), "thinks").decrypt(cell, KEY, VERSION))
        .isNull();
    Cell sameBytes = new Cell.Blob("customer-7".getBytes(StandardCharsets.UTF_8));
    assertThat(cipher.decrypt(cell, sameBytes, VERSION)).isNull();
  }

  /** Names and keys that run into each other must not make one place of two. */
  @Test
  void decrypt_whereNameAndKeyAreDividedElsewhere_isNothing() {
    Cell cell = new ValueCipher(ValueKeys.of(NEW), "ab").encrypt(KEY, new Cell.Text("c"), VERSION);
    assertThat(new ValueCipher(ValueKeys.of(NEW), "a").decrypt(cell, new Cell.Text("bc"), VERSION))
        .isNull();
  }

  @Test
  void decrypt_plainCells_isNothing() {
    cells().forEach(plain -> assertThat(cipher.decrypt(plain, KEY, VERSION)).isNull());
  }

  @Test
  void decrypt_randomBytes_isNothingAndNeverThrows() {
    long seed = System.nanoTime();
    Random random = new Random(seed);
    byte[] start = bytes(cipher.encrypt(new Cell.Text("value"), KEY, VERSION));
    for (int i = 0; i < 20_000; i++) {
      byte[] bytes = new byte[random.nextInt(200)];
      random.nextBytes(bytes);
      // Half of them with a header that could be one.
      System.arraycopy(start, 0, bytes, 0, random.nextBoolean() ? 0 : Math.min(bytes.length, 6));
      assertThat(cipher.decrypt(new Cell.Blob(bytes), KEY, VERSION))
          .as("seed " + seed)
          .isNull();
    }
  }

  @Test
  void decrypt_underAnEarlierKey_worksWhileThatIsKnown() {
    Cell cell = cipherOf(ValueKeys.of(OLD)).encrypt(new Cell.Text("value"), KEY, VERSION);
    assertThat(cipher.decrypt(cell, KEY, VERSION)).isEqualTo(new Cell.Text("value"));
    assertThat(cipherOf(ValueKeys.of(NEW)).decrypt(cell, KEY, VERSION)).isNull();
  }

  @Test
  void decrypt_underAnotherKeyOfTheSameId_isNothing() {
    ValueKeys[] keys = {ValueKeys.of(NEW)};
    ValueKeys changing = new ValueKeys() {
      @Override
      public ValueKey current() {
        return keys[0].current();
      }

      @Override
      public ValueKey find(String id) {
        return keys[0].find(id);
      }
    };
    ValueCipher changed = cipherOf(changing);
    Cell cell = changed.encrypt(new Cell.Text("value"), KEY, VERSION);
    keys[0] = ValueKeys.of(Keys.key("2026", 7));
    assertThat(changed.decrypt(cell, KEY, VERSION)).isNull();
    keys[0] = ValueKeys.of(NEW);
    assertThat(changed.decrypt(cell, KEY, VERSION)).isEqualTo(new Cell.Text("value"));
  }

  @Test
  void provider_thatFails_failsWhoWritesAndNotWhoReads() {
    Cell cell = cipher.encrypt(new Cell.Text("value"), KEY, VERSION);
    ValueCipher failing = cipherOf(new ValueKeys() {
      @Override
      public ValueKey current() {
        throw new IllegalStateException("out of reach");
      }

      @Override
      public ValueKey find(String id) {
        throw new IllegalStateException("out of reach");
      }
    });
    assertThat(failing.decrypt(cell, KEY, VERSION)).isNull();
    assertThatThrownBy(() -> failing.encrypt(new Cell.Text("value"), KEY, VERSION))
        .isInstanceOf(EncryptionException.class)
        .hasMessage("The provider of keys gave no current key");
  }

  @Test
  void cipher_usedByEightThreads_mixesNothingUp() throws Exception {
    ExecutorService threads = Executors.newFixedThreadPool(8);
    try {
      useFromAll(threads, 8, 3_000);
    } finally {
      threads.shutdownNow();
    }
  }

  /** Where the JDK has them. */
  @Test
  void cipher_usedByVirtualThreads_mixesNothingUp() throws Exception {
    ExecutorService threads;
    try {
      threads = (ExecutorService)
          Executors.class.getMethod("newVirtualThreadPerTaskExecutor").invoke(null);
    } catch (NoSuchMethodException jdkBefore21) {
      return;
    }
    try {
      useFromAll(threads, 500, 20);
    } finally {
      threads.shutdownNow();
    }
  }

  private void useFromAll(ExecutorService threads, int users, int times) throws Exception {
    ValueCipher older = cipherOf(ValueKeys.of(OLD));
    List<Future<?>> running = new ArrayList<>();
    for (int user = 0; user < users; user++) {
      Cell plain = new Cell.Text("value of " + user);
      Cell key = new Cell.Whole(user);
      running.add(threads.submit(() -> {
        for (int i = 0; i < times; i++) {
          Cell encrypted = (i % 2 == 0 ? cipher : older).encrypt(plain, key, i);
          assertThat(cipher.decrypt(encrypted, key, i)).isEqualTo(plain);
          assertThat(cipher.decrypt(encrypted, key, i + 1)).isNull();
        }
      }));
    }
    for (Future<?> user : running) {
      user.get();
    }
  }

  @Test
  void key_thatIsNotOneForAes256_isRefusedWithoutTellingIt() {
    assertThatThrownBy(() -> ValueKey.of("2026", new byte[16]))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("Values are encrypted with AES keys of 256 bits");
    String base64 = Keys.base64(6);
    assertThatThrownBy(() -> Keys.key(base64, 6))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageNotContaining(base64);
    assertThat(NEW.toString() + ValueKeys.of(NEW)).doesNotContain("2026");
  }
}
