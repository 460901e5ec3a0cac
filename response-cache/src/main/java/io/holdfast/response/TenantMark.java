package io.holdfast.response;

/** The part of a key that tells whose it is, without saying the name. */
final class TenantMark {

  // 128 bits, to find entries by; the hash beside it,
  // which tells keys apart, has the whole name in it.
  private static final int HEXADECIMAL_DIGITS = 32;

  private TenantMark() {}

  static String of(String tenant) {
    return "t:" + TextHash.sha256(tenant).substring(0, HEXADECIMAL_DIGITS);
  }

  /** Whether a key is of the tenant of this mark. */
  static boolean isIn(String key, String mark) {
    return key.contains("#" + mark + "#") || key.contains("~" + mark + "~");
  }
}
