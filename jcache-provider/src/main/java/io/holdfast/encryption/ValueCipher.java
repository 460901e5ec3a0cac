package io.holdfast.encryption;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.holdfast.store.Cell;
import java.nio.ByteBuffer;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import javax.crypto.Cipher;
import javax.crypto.SecretKey;
import javax.crypto.spec.GCMParameterSpec;
import org.jspecify.annotations.Nullable;

/**
 * Encrypts and decrypts the values of one cache. An encrypted value belongs to its place: cache, key and
 * version of the row are authenticated with it, so that in another place it does not decrypt.
 *
 * <p>Safe from any thread; takes no lock of its own. The layout is described in {@code
 * docs/storage-format.md}.
 */
public final class ValueCipher {
  private final ValueKeys keys;
  private final byte[] cacheName;
  private final Map<String, XaesKey> prepared = new ConcurrentHashMap<>();
  private final CipherPool ciphers = new CipherPool(() -> Cipher.getInstance("AES/GCM/NoPadding"));
  private final SecureRandom random = new SecureRandom();

  /** For the cache of this name. */
  public ValueCipher(ValueKeys keys, String cacheName) {
    this.keys = keys;
    this.cacheName = cacheName.getBytes(UTF_8);
  }

  /**
   * Encrypts a value column under the current key.
   *
   * @param key the key column as the row has it
   * @param version that of the row
   * @return a BLOB, 43 bytes and the id of the key longer than the content
   * @throws EncryptionException if there is no current key, or it cannot be used
   */
  public Cell encrypt(Cell plain, Cell key, long version) {
    ValueKey current = current();
    byte[] content = CellBytes.content(plain);
    Envelope envelope = Envelope.of(current.id(), 1 + content.length);
    fillNonce(envelope);
    try {
      encrypt(envelope, current, CellBytes.type(plain), content, place(key, version));
    } catch (GeneralSecurityException e) {
      throw new EncryptionException("The current key cannot be used to encrypt", e);
    }
    return new Cell.Blob(envelope.bytes());
  }

  private void fillNonce(Envelope envelope) {
    byte[] nonce = new byte[XaesKey.NONCE_BYTES];
    random.nextBytes(nonce);
    System.arraycopy(nonce, 0, envelope.bytes(), envelope.nonceAt(), nonce.length);
  }

  private void encrypt(Envelope envelope, ValueKey key, byte type, byte[] content, byte[] place)
      throws GeneralSecurityException {
    Cipher cipher = ciphers.take();
    begin(cipher, Cipher.ENCRYPT_MODE, envelope, prepare(key), place);
    int at = envelope.ciphertextAt();
    at += cipher.update(new byte[] {type}, 0, 1, envelope.bytes(), at);
    cipher.doFinal(content, 0, content.length, envelope.bytes(), at);
    ciphers.giveBack(cipher);
  }

  /**
   * Decrypts a value column; null if that is not possible: its key is not known, it is not encrypted, it
   * was changed, or it belongs to another place. Never throws because of what the cell holds.
   *
   * @param key the key column of the row
   * @param version that of the row
   */
  public @Nullable Cell decrypt(Cell value, Cell key, long version) {
    Envelope envelope = Envelope.find(value);
    ValueKey known = envelope == null ? null : find(envelope.keyId());
    if (envelope == null || known == null) {
      return null;
    }
    try {
      Cipher cipher = ciphers.take();
      try {
        begin(cipher, Cipher.DECRYPT_MODE, envelope, prepare(known), place(key, version));
        return CellBytes.cell(
            cipher.doFinal(envelope.bytes(), envelope.ciphertextAt(), envelope.ciphertextBytes()));
      } finally {
        ciphers.giveBack(cipher); // whatever happened: each use begins anew
      }
    } catch (GeneralSecurityException notOfThisKeyAndPlace) {
      return null;
    }
  }

  /**
   * Whether a value column names the current key.
   *
   * @throws EncryptionException if there is none
   */
  boolean isCurrent(Cell value) {
    Envelope envelope = Envelope.find(value);
    return envelope != null && envelope.keyId().equals(current().id());
  }

  /**
   * Encrypts a value anew under the current key, for the same place; null if it cannot be decrypted.
   *
   * @throws EncryptionException as {@link #encrypt}
   */
  @Nullable
  Cell renew(Cell value, Cell key, long version) {
    Cell plain = decrypt(value, key, version);
    return plain == null ? null : encrypt(plain, key, version);
  }

  private static void begin(Cipher cipher, int mode, Envelope envelope, XaesKey key, byte[] place)
      throws GeneralSecurityException {
    SecretKey messageKey = key.messageKey(envelope.bytes(), envelope.nonceAt());
    cipher.init(
        mode,
        messageKey,
        new GCMParameterSpec(
            Envelope.TAG_BYTES * Byte.SIZE,
            envelope.bytes(),
            envelope.gcmNonceAt(),
            XaesKey.NONCE_BYTES - XaesKey.GCM_NONCE_AT));
    cipher.updateAAD(envelope.bytes(), 0, envelope.nonceAt());
    cipher.updateAAD(place);
  }

  // Lengths before all that varies in length, so that no two places have the same bytes.
  private byte[] place(Cell key, long version) {
    byte[] keyBytes = CellBytes.content(key);
    return ByteBuffer.allocate(4 + cacheName.length + 1 + 4 + keyBytes.length + Long.BYTES)
        .putInt(cacheName.length)
        .put(cacheName)
        .put(CellBytes.type(key))
        .putInt(keyBytes.length)
        .put(keyBytes)
        .putLong(version)
        .array();
  }

  private ValueKey current() {
    try {
      return keys.current();
    } catch (EncryptionException e) {
      throw e;
    } catch (RuntimeException e) {
      throw new EncryptionException("The provider of keys gave no current key", e);
    }
  }

  // Who reads is not to blame for a provider that fails.
  private @Nullable ValueKey find(String id) {
    try {
      return keys.find(id);
    } catch (RuntimeException e) {
      return null;
    }
  }

  private XaesKey prepare(ValueKey key) throws GeneralSecurityException {
    XaesKey known = prepared.get(key.id());
    if (known == null || !known.isOf(key.key())) {
      known = new XaesKey(key.key());
      prepared.put(key.id(), known);
    }
    return known;
  }
}
