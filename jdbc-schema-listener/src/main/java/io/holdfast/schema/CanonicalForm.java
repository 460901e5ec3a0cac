package io.holdfast.schema;

import io.holdfast.schema.StructureParts.Part;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * The canonical form of structures and its hash, format {@code f2}.
 *
 * <p>Every text is written as its length and its UTF-8 bytes, an absent one as length −1, a list as
 * its size and its elements; columns keep their order, all other parts are sorted by their bytes. The
 * engine family is in the form, its version is not. The relation's own name does not count. Triggers,
 * comments and privileges have a hash of their own each.
 */
public final class CanonicalForm {

  private static final String FORMAT = "f2";

  private CanonicalForm() {}

  /**
   * The fingerprint of one structure; a function of its arguments alone.
   *
   * @param engine the engine that told the structure; equal structures of two engines hash differently
   */
  public static StructureHash hash(Dialect engine, TableStructure structure) {
    var sha = begun("structure", engine);
    sha.number(structure.columns().size());
    for (TableStructure.Column column : structure.columns()) {
      sha.texts(StructureParts.columnFields(column));
    }
    return finished(sha, StructureParts.of(structure));
  }

  /** The hash of a relation's triggers, whatever its structure is. */
  public static StructureHash triggers(Dialect engine, TableStructure structure) {
    return finished(begun("triggers", engine), StructureParts.triggers(structure));
  }

  /** The hash of the comments on a relation and its columns. */
  public static StructureHash comments(Dialect engine, TableStructure structure) {
    return finished(begun("comments", engine), StructureParts.comments(structure));
  }

  /** The hash of the privileges on a relation. */
  static StructureHash privileges(Dialect engine, Set<String> privileges) {
    return finished(begun("privileges", engine), StructureParts.privileges(privileges));
  }

  private static Sha256 begun(String aspect, Dialect engine) {
    var sha = new Sha256();
    sha.text(FORMAT);
    sha.text(aspect);
    sha.text(engine.name().toLowerCase(Locale.ROOT));
    return sha;
  }

  private static StructureHash finished(Sha256 sha, List<Part> all) {
    var parts = new ArrayList<byte[]>();
    for (Part part : all) {
      var partSha = new Sha256();
      partSha.text(part.kind());
      partSha.text(part.name());
      partSha.texts(part.fields());
      parts.add(partSha.digest());
    }
    parts.sort(Arrays::compareUnsigned);
    sha.number(parts.size());
    parts.forEach(sha::bytes);
    return sha.hash();
  }

  /** The fingerprint of a set of tables: over their names and hashes, in the order of the names. */
  public static StructureHash hashAll(Map<TableName, StructureHash> tables) {
    var sha = new Sha256();
    sha.text(FORMAT);
    new TreeMap<>(tables).forEach((table, hash) -> {
      sha.text(table.schema());
      sha.text(table.name());
      sha.text(hash.value());
    });
    return sha.hash();
  }

  /** SHA-256 over length-prefixed values. */
  private static final class Sha256 {
    private final MessageDigest digest;

    Sha256() {
      try {
        digest = MessageDigest.getInstance("SHA-256");
      } catch (NoSuchAlgorithmException e) {
        throw new IllegalStateException("every Java platform has SHA-256", e);
      }
    }

    void number(int value) {
      digest.update(ByteBuffer.allocate(Integer.BYTES).putInt(value).flip());
    }

    void bytes(byte[] value) {
      number(value.length);
      digest.update(value);
    }

    void text(@Nullable String value) {
      if (value == null) {
        number(-1);
      } else {
        bytes(value.getBytes(StandardCharsets.UTF_8));
      }
    }

    void texts(List<? extends @Nullable String> values) {
      number(values.size());
      for (String value : values) {
        text(value);
      }
    }

    byte[] digest() {
      return digest.digest();
    }

    StructureHash hash() {
      return new StructureHash(FORMAT + ":" + HexFormat.of().formatHex(digest()));
    }
  }
}
