package io.holdfast.encryption;

import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.Arrays;
import javax.crypto.Cipher;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.SecretKeySpec;

/**
 * Another program that reads encrypted cells, written from {@code docs/storage-format.md} alone: nothing
 * of the code under test is used.
 */
final class LayoutReader {
  private LayoutReader() {}

  /** Returns type and content of a value. */
  static byte[] decrypt(byte[] key, byte[] cell, String cache, String textKey, long version)
      throws GeneralSecurityException, IOException {
    var in = new DataInputStream(new java.io.ByteArrayInputStream(cell));
    int layout = in.readUnsignedByte();
    byte[] id = in.readNBytes(in.readUnsignedByte());
    byte[] nonce = in.readNBytes(24);
    byte[] sealed = in.readAllBytes();
    if (layout != 1) {
      throw new IOException("another layout");
    }

    var additional = new ByteArrayOutputStream();
    var out = new DataOutputStream(additional);
    out.writeByte(layout);
    out.writeByte(id.length);
    out.write(id);
    byte[] name = cache.getBytes(StandardCharsets.UTF_8);
    out.writeInt(name.length);
    out.write(name);
    out.writeByte('T');
    byte[] text = textKey.getBytes(StandardCharsets.UTF_8);
    out.writeInt(text.length);
    out.write(text);
    out.writeLong(version);

    byte[] salt = Arrays.copyOf(nonce, 12);
    ByteBuffer derived = ByteBuffer.allocate(32);
    derived.put(cmac(key, (byte) 1, salt));
    derived.put(cmac(key, (byte) 2, salt));

    Cipher gcm = Cipher.getInstance("AES/GCM/NoPadding");
    gcm.init(
        Cipher.DECRYPT_MODE,
        new SecretKeySpec(derived.array(), "AES"),
        new GCMParameterSpec(128, Arrays.copyOfRange(nonce, 12, 24)));
    gcm.updateAAD(additional.toByteArray());
    return gcm.doFinal(sealed);
  }

  /** CMAC of exactly one block, NIST SP 800-38B. */
  private static byte[] cmac(byte[] key, byte counter, byte[] salt)
      throws GeneralSecurityException {
    byte[] block =
        ByteBuffer.allocate(16).put(new byte[] {0, counter, 'X', 0}).put(salt).array();
    Cipher aes = Cipher.getInstance("AES/CBC/NoPadding");
    aes.init(
        Cipher.ENCRYPT_MODE,
        new SecretKeySpec(key, "AES"),
        new javax.crypto.spec.IvParameterSpec(new byte[16]));
    BigInteger l = new BigInteger(1, aes.doFinal(new byte[16]));
    BigInteger k1 = l.shiftLeft(1);
    if (l.testBit(127)) {
      k1 = k1.clearBit(128).xor(BigInteger.valueOf(0x87));
    }
    byte[] masked = k1.xor(new BigInteger(1, block)).toByteArray();
    byte[] padded = new byte[16];
    int length = Math.min(16, masked.length);
    System.arraycopy(masked, masked.length - length, padded, 16 - length, length);
    return aes.doFinal(padded);
  }
}
