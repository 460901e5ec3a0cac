package io.holdfast.response;

import io.holdfast.schema.SchemaKey;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Everything that can change an answer, as one short text. Two forms, which never meet:
 *
 * <ul>
 *   <li>about a table: {@code db#schema.table#structure#discriminator}, so that a person reads the
 *       table and a drift finds its entries;
 *   <li>about anything else: {@code namespace#k2:<SHA-256>}. The parts themselves, a prompt above all,
 *       are not in the key.
 * </ul>
 *
 * <p>A tenant stands before the hash as a hash of its own, so that all its entries can be found and
 * erased. A part without a canonical form (an unknown class, NaN) makes the key {@linkplain
 * #isCacheable() not cacheable}: the call runs, nothing is stored, the type is counted and logged once.
 */
public final class ResponseKey {

  // Bump on any change of CanonicalForm: all keys with parts change, and old entries are not found.
  static final String VERSION = "k2";

  private final @Nullable String text;
  private final String obstacle;
  private final String namespace;
  private final boolean sampled;
  private final @Nullable String question;
  private final @Nullable Canonical canonical;

  private ResponseKey(
      @Nullable String text,
      String obstacle,
      String namespace,
      boolean sampled,
      @Nullable String question,
      @Nullable Canonical canonical) {
    this.text = text;
    this.obstacle = obstacle;
    this.namespace = namespace;
    this.sampled = sampled;
    this.question = question;
    this.canonical = canonical;
  }

  /**
   * What was hashed.
   *
   * @param parts how much of the text is the parts; the rest is the request
   */
  private record Canonical(String text, int parts) {
    @Nullable
    String open(String question) {
      return OpenForm.of(
          text.substring(0, parts), text.substring(parts), Builder.MESSAGES, question);
    }
  }

  /** The key of an answer about one table, told apart by the schema key's discriminator only. */
  public static ResponseKey of(SchemaKey key) {
    return builder(key).build();
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
    return new ResponseKey(null, reason, "", false, null, null);
  }

  /** A key about one table with further parts, such as model and parameters. */
  public static Builder builder(SchemaKey key) {
    return new Builder(key, key.discriminator());
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

  /** The kind of answer: the namespace, or what a key about a table has as discriminator. */
  public String namespace() {
    return namespace;
  }

  /** Whether a model answers, at a temperature that is not known to be zero. */
  public boolean isSampled() {
    return sampled;
  }

  /** What is asked, in words, if it was {@linkplain Builder#question told}. */
  public Optional<String> question() {
    return Optional.ofNullable(question);
  }

  /**
   * What the keys have in common that differ in the wording of the question only: this key's text with
   * another hash, of everything else. Null if no question was told, or if it is not exactly once among the
   * messages and the parts as a string of its own. Hashes everything once more.
   */
  @Nullable
  String partition() {
    if (text == null || question == null || canonical == null || question.isBlank()) {
      return null;
    }
    String open = canonical.open(question);
    return open == null ? null : Place.partition(text, TextHash.sha256(open));
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

  /**
   * Collects what can change the answer. Parts of the user's own count in their order; the named ones
   * of a request (model, messages, …) stand for themselves, in any order, the last value of each. Not
   * safe for several threads.
   */
  public static final class Builder {
    private static final String MESSAGES = "messages";

    private final @Nullable SchemaKey schemaKey;
    private final String namespace;
    private final CanonicalForm form = new CanonicalForm();
    private final Map<String, @Nullable Object> request = new TreeMap<>();
    private @Nullable String question;
    private String tenantMark = "";
    private boolean hasParts;
    private String obstacle = "";

    private Builder(@Nullable SchemaKey schemaKey, String namespace) {
      this.schemaKey = schemaKey;
      this.namespace = namespace;
      form.add(VERSION);
    }

    /**
     * Adds a part. Strings, booleans, numbers, enums, UUIDs, byte arrays, null, and lists, sets, maps
     * with string keys and records of these have a canonical form; 1, 1.0, "1" and true all differ, and
     * a null differs from no part.
     *
     * @param name what the value means
     */
    public Builder part(String name, @Nullable Object value) {
      hasParts = true;
      try {
        form.add(name).add(value);
      } catch (CanonicalForm.UnsupportedKeyPartException e) {
        obstacle = String.valueOf(e.getMessage());
      } catch (RuntimeException e) {
        // A collection of the user's may do anything when it is read.
        obstacle = e.getClass().getName();
      }
      return this;
    }

    /**
     * What is asked, in words. It does not count: name it among the messages or parts too. It is stored
     * beside the answer with {@link ResponseCacheBuilder#keepQuestions}, and else nowhere.
     */
    public Builder question(String text) {
      this.question = text;
      return this;
    }

    /** Whose answer it is: answers of different tenants never meet, see {@link ResponseCache#erase}. */
    public Builder tenant(String tenant) {
      this.tenantMark = TenantMark.of(tenant);
      return named("tenant", tenant);
    }

    /** The version of what asks: prompts, templates, parsers. A new one starts afresh. */
    public Builder applicationVersion(String version) {
      return named("applicationVersion", version);
    }

    /** The model that answers, with whatever tells its service apart. */
    public Builder model(String model) {
      return named("model", model);
    }

    /** How much chance the model is given; see {@link SampledAnswers}. */
    public Builder temperature(double temperature) {
      return named("temperature", temperature);
    }

    /** The conversation, in its order: role and content of each message, in the forms of {@link #part}. */
    public Builder messages(List<?> messages) {
      return named(MESSAGES, messages);
    }

    /** All further parameters that go with the request, in the forms of {@link #part}. */
    public Builder parameters(Map<String, ?> parameters) {
      return named("parameters", parameters);
    }

    /** The tools that the model may call, in the forms of {@link #part}. */
    public Builder tools(List<?> tools) {
      return named("tools", tools);
    }

    /** The form in which the model must answer, such as a JSON schema, in the forms of {@link #part}. */
    public Builder responseFormat(Object format) {
      return named("responseFormat", format);
    }

    /** What the answer becomes: by the shape of the type, so that a renamed component is another key. */
    public Builder resultType(Class<?> type) {
      return named("resultType", TypeShape.of(type).text());
    }

    private Builder named(String name, Object value) {
      request.put(name, value);
      return this;
    }

    /** The key. */
    public ResponseKey build() {
      Canonical canonical = canonical();
      if (!obstacle.isEmpty()) {
        return new ResponseKey(null, obstacle, namespace, isSampled(), question, null);
      }
      String text = schemaKey == null
          ? SchemaKeyText.escaped(namespace) + "#" + marked("#", hash(canonical))
          : schemaKey.withDiscriminator(discriminator(canonical)).canonical();
      // Only who tells a question may ask for its partition.
      return new ResponseKey(
          text, "", namespace, isSampled(), question, question == null ? null : canonical);
    }

    private static String hash(Canonical canonical) {
      return VERSION + ":" + TextHash.sha256(canonical.text);
    }

    private String discriminator(Canonical canonical) {
      // No ~ but ours, else a discriminator could look like one with parts.
      String own =
          namespace.contains("~") ? namespace.replace("%", "%25").replace("~", "%7E") : namespace;
      return hasParts || !request.isEmpty() ? own + "~" + marked("~", hash(canonical)) : own;
    }

    private String marked(String separator, String hash) {
      return tenantMark.isEmpty() ? hash : tenantMark + separator + hash;
    }

    private boolean isSampled() {
      return request.containsKey("model")
          && !(request.get("temperature") instanceof Double temperature && temperature == 0.0);
    }

    private Canonical canonical() {
      int parts = form.length();
      if (!request.isEmpty()) {
        try {
          form.addNamed(request);
        } catch (CanonicalForm.UnsupportedKeyPartException e) {
          obstacle = String.valueOf(e.getMessage());
        } catch (RuntimeException e) {
          obstacle = e.getClass().getName();
        }
      }
      var canonical = new Canonical(form.text(), parts);
      form.truncate(parts); // this may not be the last key that is built
      return canonical;
    }
  }
}
