package io.holdfast.encryption;

import java.security.GeneralSecurityException;
import javax.crypto.Cipher;
import javax.crypto.SecretKey;
import javax.crypto.spec.SecretKeySpec;

/**
 * A key of XAES-256-GCM: from the key and the first half of a nonce of 24 random bytes comes a key for one
 * message, which AES-256-GCM uses with the second half. So no two messages share a key and a nonce,
 * however many processes and restarts write how many values, and none of them counts anything.
 *
 * @see <a href="https://c2sp.org/XAES-256-GCM">XAES-256-GCM</a>, and NIST SP 800-38D section 8.3 for the
 *     limit of 2^32 messages that random nonces of 12 bytes have
 */
final class XaesKey {
  static final int NONCE_BYTES = 24;

  /** The second half of the nonce, which is that of GCM. */
  static final int GCM_NONCE_AT = 12;

  private static final int BLOCK_BYTES = 16;
  private static final int POLYNOMIAL = 0x87; // NIST SP 800-38B, section 5.3

  private final SecretKey key;
  private final CipherPool blocks;
  private final byte[] subkey;

  XaesKey(SecretKey key) throws GeneralSecurityException {
    this.key = key;
    this.blocks = new CipherPool(() -> {
      // Two blocks that never repeat: no mode is in play, only the block cipher.
      Cipher cipher = Cipher.getInstance("AES/ECB/NoPadding");
      cipher.init(Cipher.ENCRYPT_MODE, key);
      return cipher;
    });
    this.subkey = doubled(encrypt(new byte[BLOCK_BYTES]));
  }

  boolean isOf(SecretKey other) {
    return key == other || key.equals(other);
  }

  /** The key of the message with this nonce: CMAC in counter mode, NIST SP 800-108r1. */
  SecretKey messageKey(byte[] bytes, int nonceAt) throws GeneralSecurityException {
    byte[] messages = new byte[2 * BLOCK_BYTES];
    for (int counter = 1; counter <= 2; counter++) {
      int at = (counter - 1) * BLOCK_BYTES;
      messages[at + 1] = (byte) counter;
      messages[at + 2] = 'X';
      System.arraycopy(bytes, nonceAt, messages, at + 4, GCM_NONCE_AT);
      for (int i = 0; i < BLOCK_BYTES; i++) {
        messages[at + i] ^= subkey[i];
      }
    }
    return new SecretKeySpec(encrypt(messages), "AES");
  }

  private byte[] encrypt(byte[] input) throws GeneralSecurityException {
    Cipher cipher = blocks.take();
    byte[] output = cipher.doFinal(input);
    blocks.giveBack(cipher);
    return output;
  }

  // In GF(2^128).
  private static byte[] doubled(byte[] block) {
    byte[] result = new byte[BLOCK_BYTES];
    for (int i = 0; i < BLOCK_BYTES; i++) {
      int next = i + 1 < BLOCK_BYTES ? block[i + 1] & 0xff : 0;
      result[i] = (byte) (block[i] << 1 | next >>> 7);
    }
    // Without a branch that depends on the key.
    result[BLOCK_BYTES - 1] ^= (byte) (POLYNOMIAL & (block[0] >> 7));
    return result;
  }
}
