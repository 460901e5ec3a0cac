package io.holdfast.encryption;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import java.security.GeneralSecurityException;
import java.util.Arrays;
import java.util.HexFormat;
import javax.crypto.Cipher;
import javax.crypto.SecretKey;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.SecretKeySpec;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The algorithm is the published one: its own test vectors, https://c2sp.org/XAES-256-GCM. */
final class KnownAnswerTest {
  private static final byte[] NONCE = "ABCDEFGHIJKLMNOPQRSTUVWX".getBytes(US_ASCII);
  private static final byte[] PLAIN = "XAES-256-GCM".getBytes(US_ASCII);

  @ParameterizedTest
  @CsvSource({
    "1, '', c8612c9ed53fe43e8e005b828a1631a0bbcb6ab2f46514ec4f439fcfd0fa969b,"
        + " ce546ef63c9cc60765923609b33a9a1974e96e52daf2fcf7075e2271",
    "3, c2sp.org/XAES-256-GCM, e9c621d4cdd9b11b00a6427ad7e559aeedd66b3857646677748f8ca796cb3fd8,"
        + " 986ec1832593df5443a179437fd083bf3fdb41abd740a21f71eb769d"
  })
  void messageKey_ofThePublishedVectors_isThePublishedOne(
      byte filling, String additional, String derivedHex, String ciphertextHex)
      throws GeneralSecurityException {
    byte[] keyBytes = new byte[32];
    Arrays.fill(keyBytes, filling);

    SecretKey derived = new XaesKey(new SecretKeySpec(keyBytes, "AES")).messageKey(NONCE, 0);

    assertThat(HexFormat.of().formatHex(derived.getEncoded())).isEqualTo(derivedHex);
    Cipher gcm = Cipher.getInstance("AES/GCM/NoPadding");
    gcm.init(
        Cipher.ENCRYPT_MODE, derived, new GCMParameterSpec(128, NONCE, XaesKey.GCM_NONCE_AT, 12));
    gcm.updateAAD(additional.getBytes(US_ASCII));
    assertThat(HexFormat.of().formatHex(gcm.doFinal(PLAIN))).isEqualTo(ciphertextHex);
  }
}
