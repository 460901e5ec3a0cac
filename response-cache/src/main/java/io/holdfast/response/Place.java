package io.holdfast.response;

import org.jspecify.annotations.Nullable;

/**
 * Where an answer stands among those to the same question in other words: a partition, and a member of
 * it. The partition begins as the key does, with namespace or table and the tenant's mark, so members of
 * another tenant cannot be told in it, whatever an entry says of itself.
 *
 * @param partition {@link ResponseKey#partition}
 * @param member the hash at the end of the key, 64 hexadecimal digits
 */
record Place(String partition, String member) {

  private static final String KEY_MARK = ResponseKey.VERSION + ":";
  // Bump on any change of OpenForm: what is stored under the old one is not found any more.
  private static final String PARTITION_MARK = "p1:";
  private static final int HASH_LENGTH = 64;
  private static final int TAIL_LENGTH = KEY_MARK.length() + HASH_LENGTH;

  /** The partition of this key, whose hash without the wording is given. */
  static String partition(String key, String openHash) {
    return head(key) + PARTITION_MARK + openHash;
  }

  /** The place of an entry that says it belongs there; null if its key has no such form. */
  static @Nullable Place of(String key, Meaning meaning) {
    return key.length() < TAIL_LENGTH
            || !key.startsWith(KEY_MARK, key.length() - TAIL_LENGTH)
            || meaning.partition().length() != TAIL_LENGTH
        ? null
        : new Place(head(key) + meaning.partition(), member(key));
  }

  static String member(String key) {
    return key.substring(key.length() - HASH_LENGTH);
  }

  /** The end of the partition, which with the key tells all of it. */
  static String mark(String partition) {
    return partition.substring(partition.length() - TAIL_LENGTH);
  }

  private static String head(String text) {
    return text.substring(0, text.length() - TAIL_LENGTH);
  }

  String key() {
    return head(partition) + KEY_MARK + member;
  }
}
