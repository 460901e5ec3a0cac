package io.holdfast.schema;

/**
 * The fingerprint of one table's structure (or triggers, comments, privileges): {@code f2:} and 64 hexadecimal digits of SHA-256. Equal
 * structures have equal hashes on every server of the same engine family; the prefix is the version
 * of the canonical form, and hashes of different versions are not comparable.
 */
public record StructureHash(String value) {

  public StructureHash {
    if (!value.matches("f\\d+:[0-9a-f]{64}")) {
      throw new IllegalArgumentException("not a structure hash: " + value);
    }
  }

  /** The first twelve digits, for people. */
  public String abbreviated() {
    int colon = value.indexOf(':');
    return value.substring(colon + 1, colon + 13);
  }

  @Override
  public String toString() {
    return value;
  }
}
