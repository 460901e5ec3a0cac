package io.holdfast.response;

import io.holdfast.schema.SchemaKey;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Everything that can change an answer, as one short text. Two forms, which never meet:
 *
 * <ul>
 *   <li>about a table: {@code db#schema.table#structure#discriminator}, so that a person reads the
 *       table and a drift finds its entries;
 *   <li>about anything else: {@code namespace#k1:<SHA-256>}. The parts themselves, a prompt above all,
 *       are not in the key.
 * </ul>
 *
 * <p>A part without a canonical form (an unknown class, NaN) makes the key {@linkplain #isCacheable()
 * not cacheable}: the call runs, nothing is stored, the type is counted and logged once.
 */
public final class ResponseKey {

  // Bump on any change of CanonicalForm: all keys with parts change, and old entries are not found.
  private static final String VERSION = "k1";

  private final @Nullable String text;
  private final String obstacle;

  private ResponseKey(@Nullable String text, String obstacle) {
    this.text = text;
    this.obstacle = obstacle;
  }

  /** The key of an answer about one table, told apart by the schema key's discriminator only. */
  public static ResponseKey of(SchemaKey key) {
    return new ResponseKey(key.canonical(), "");
  }

  /**
   * The key of an answer about one table, or a key that is not cacheable if there is none: a table in
   * doubt has no key, so nothing is served or stored for it.
   */
  public static ResponseKey of(Optional<SchemaKey> key) {
    return key.map(ResponseKey::of).orElseGet(() -> notCacheable("table in doubt"));
  }

  /** A key under which nothing is served or stored; {@code reason} is logged once. */
  public static ResponseKey notCacheable(String reason) {
    return new ResponseKey(null, reason);
  }

  /** A key about one table with further parts, such as model and parameters. */
  public static Builder builder(SchemaKey key) {
    return new Builder(key, "");
  }

  /**
   * A key about anything.
   *
   * @param namespace what kind of answer; keys of different namespaces never meet
   */
  public static Builder builder(String namespace) {
    if (namespace.isBlank()) {
      throw new IllegalArgumentException("namespace must not be blank");
    }
    return new Builder(null, namespace);
  }

  /** Whether answers can be stored under this key. */
  public boolean isCacheable() {
    return text != null;
  }

  /** The key in the cache, empty if not cacheable. */
  public Optional<String> text() {
    return Optional.ofNullable(text);
  }

  /** Why it is not cacheable: the name of a type, or the given reason; empty if it is. */
  public String obstacle() {
    return obstacle;
  }

  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof ResponseKey key && (text == null ? this == key : text.equals(key.text));
  }

  @Override
  public int hashCode() {
    return text == null ? System.identityHashCode(this) : text.hashCode();
  }

  /** The key in the cache, or why there is none. */
  @Override
  public String toString() {
    return text == null ? "not cacheable: " + obstacle : text;
  }

  /** Collects named parts; names count, their order does too. Not safe for several threads. */
  public static final class Builder {
    private final @Nullable SchemaKey schemaKey;
    private final String namespace;
    private final CanonicalForm form = new CanonicalForm();
    private boolean hasParts;
    private String obstacle = "";

    private Builder(@Nullable SchemaKey schemaKey, String namespace) {
      this.schemaKey = schemaKey;
      this.namespace = namespace;
      form.add(VERSION);
    }

    /**
     * Adds a part. Strings, booleans, numbers, enums, UUIDs, byte arrays, null, and lists, sets and
     * maps with string keys of these have a canonical form; 1, 1.0, "1" and true all differ, and a
     * null differs from no part.
     *
     * @param name what the value means
     */
    public Builder part(String name, @Nullable Object value) {
      hasParts = true;
      try {
        form.add(name).add(value);
      } catch (CanonicalForm.UnsupportedKeyPartException e) {
        obstacle = String.valueOf(e.getMessage());
      }
      return this;
    }

    /** The key. */
    public ResponseKey build() {
      if (!obstacle.isEmpty()) {
        return notCacheable(obstacle);
      }
      if (schemaKey == null) {
        return new ResponseKey(SchemaKeyText.escaped(namespace) + "#" + hash(), "");
      }
      return hasParts
          ? of(schemaKey.withDiscriminator(schemaKey.discriminator() + "~" + hash()))
          : of(schemaKey);
    }

    private String hash() {
      return VERSION + ":" + CanonicalForm.sha256(form.text());
    }
  }
}
