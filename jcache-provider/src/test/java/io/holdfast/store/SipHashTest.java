package io.holdfast.store;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The vectors of the paper's reference implementation: key 00 01 … 0f, message 00 01 … */
final class SipHashTest {
  private static final SipHash HASH = new SipHash(0x0706050403020100L, 0x0f0e0d0c0b0a0908L);

  @ParameterizedTest
  @CsvSource({
    "1, 74f839c593dc67fd",
    "2, 0d6c8009d9a94f5a",
    "7, ab0200f58b01d137",
    "8, 93f5f5799a932462",
    "15, a129ca6149be45e5"
  })
  void hash_referenceMessage_isTheReferenceHash(int length, String expected) {
    byte[] afterTheTag = new byte[length - 1];
    for (int i = 0; i < afterTheTag.length; i++) {
      afterTheTag[i] = (byte) (i + 1);
    }
    long hash = HASH.hash((byte) 0, afterTheTag);
    assertThat(String.format("%016x", hash)).isEqualTo(expected);
  }
}
