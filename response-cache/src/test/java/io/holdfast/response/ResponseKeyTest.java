package io.holdfast.response;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.holdfast.schema.SchemaKey;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Any single change gives another key; equal requests built in another order give the same. */
class ResponseKeyTest {

  private static final SchemaKey ORDERS =
      new SchemaKey("postgresql:shop:0123", "public", "orders", "f1:" + "a".repeat(64), "profile");

  private static String key(Object value) {
    return ResponseKey.builder("test").part("value", value).build().text().orElseThrow();
  }

  private static String elements(Object... values) {
    return key(Arrays.asList(values));
  }

  @Test
  void build_twiceAndWithAPartMore_isTheKeyOfWhatWasAddedByThen() {
    ResponseKey.Builder builder =
        ResponseKey.builder("test").part("text", "x".repeat(1_000)).model("m-1");

    ResponseKey first = builder.build();
    ResponseKey again = builder.build();
    ResponseKey more = builder.part("more", 1).build();

    assertThat(again).isEqualTo(first);
    assertThat(more)
        .isEqualTo(ResponseKey.builder("test")
            .part("text", "x".repeat(1_000))
            .part("more", 1)
            .model("m-1")
            .build());
  }

  @Test
  void build_valuesThatLookAlike_allDiffer() {
    var keys = new ArrayList<String>();
    keys.add(ResponseKey.builder("test").build().text().orElseThrow());
    keys.add(key(null));
    keys.add(key(""));
    keys.add(key("null"));
    keys.add(key(1));
    keys.add(key("1"));
    keys.add(key('1'));
    keys.add(key(1.0));
    keys.add(key(new BigDecimal("1")));
    keys.add(key(new BigDecimal("1.0")));
    keys.add(key(true));
    keys.add(key("true"));
    keys.add(key(new byte[] {1}));
    keys.add(key(TimeUnit.DAYS));
    keys.add(key("DAYS"));
    keys.add(key(new UUID(0, 1)));
    keys.add(key(new UUID(0, 1).toString()));
    keys.add(key(List.of()));
    keys.add(key(Set.of()));
    keys.add(key(Map.of()));
    keys.add(key(List.of("1")));
    keys.add(key(Set.of("1")));
    keys.add(elements("a", "bc"));
    keys.add(elements("ab", "c"));
    keys.add(elements("a", "b", "c"));
    keys.add(elements("a", List.of("b", "c")));
    keys.add(elements(List.of("a", "b"), "c"));
    keys.add(elements("bc", "a"));
    keys.add(key("s1:a"));
    keys.add(elements("s1:a", "x"));
    keys.add(key(" a"));
    keys.add(key("a"));
    keys.add(key("é"));
    keys.add(key("e\u0301"));
    keys.add(key("\ud800"));
    keys.add(key("\udbff"));
    keys.add(key("?"));
    keys.add(key(Map.of("a", "b")));
    keys.add(key(Map.of("ab", "")));
    keys.add(key(Map.of("", "ab")));
    assertThat(keys).doesNotHaveDuplicates();
  }

  @Test
  void build_samePartInAnotherForm_isTheSameKey() {
    assertThat(key(1)).isEqualTo(key(1L)).isEqualTo(key((byte) 1)).isEqualTo(key(BigInteger.ONE));
    assertThat(key(0.1f)).isEqualTo(key(0.1));
    assertThat(key(-0.0)).isEqualTo(key(0.0));
    assertThat(key(java.nio.CharBuffer.wrap("a"))).isEqualTo(key("a"));
    assertThat(key(new Object[] {"a", 1})).isEqualTo(key(List.of("a", 1)));
    assertThat(key(Role.SPECIAL)).isEqualTo(key(Role.SPECIAL)).isNotEqualTo(key(Role.PLAIN));
  }

  private enum Role {
    PLAIN,
    SPECIAL {
      @Override
      public String toString() {
        return "has a body";
      }
    }
  }

  /** Providers' tool parameters come as hash maps: their order must not be in the key. */
  @Test
  void build_mapsAndSetsInAnyOrder_areTheSameKey() {
    var random = new Random(4711);
    for (int round = 0; round < 200; round++) {
      var names = new ArrayList<String>();
      for (int i = 0; i < 12; i++) {
        names.add("p" + random.nextInt(1_000_000));
      }
      String expected = key(asMap(names, new HashMap<>()));
      String expectedSet = key(new HashSet<>(names));
      Collections.shuffle(names, random);
      assertThat(key(asMap(names, new LinkedHashMap<>()))).isEqualTo(expected);
      assertThat(key(new LinkedHashSet<>(names))).isEqualTo(expectedSet);
    }
  }

  private static Map<String, Object> asMap(List<String> names, Map<String, Object> map) {
    names.forEach(name -> map.put(name, Map.of("type", name.length(), "list", List.of(name))));
    return map;
  }

  @Test
  void build_anySingleChange_isAnotherKey() {
    var parts = new LinkedHashMap<String, Object>();
    parts.put("model", "m-1");
    parts.put("temperature", 0.2);
    parts.put("seed", 42);
    parts.put("stop", List.of("\n", "END"));
    parts.put("tools", List.of(Map.of("name", "lookup", "strict", true)));
    var keys = new ArrayList<String>();
    keys.add(keyOf("docs", parts));
    keys.add(keyOf("docs2", parts));
    for (String changed : parts.keySet()) {
      var less = new LinkedHashMap<>(parts);
      less.remove(changed);
      keys.add(keyOf("docs", less));
      var renamed = new LinkedHashMap<>(less);
      renamed.put(changed + "_", parts.get(changed));
      keys.add(keyOf("docs", renamed));
      var other = new LinkedHashMap<>(parts);
      other.put(changed, List.of(parts.get(changed)));
      keys.add(keyOf("docs", other));
    }
    assertThat(keys).hasSize(2 + 3 * parts.size()).doesNotHaveDuplicates();
  }

  private record Explanation(String text, int confidence) {}

  private record ExplanationWithSource(String text, int confidence, String source) {}

  private static ResponseKey.Builder request() {
    return ResponseKey.builder("chat")
        .tenant("acme")
        .applicationVersion("7")
        .model("openai/m-1")
        .temperature(0.0)
        .messages(List.of(Map.of("role", "user", "content", "why")))
        .parameters(Map.of("seed", 42, "stop", List.of("END")))
        .tools(List.of(Map.of("name", "lookup")))
        .responseFormat(Map.of("type", "json"))
        .resultType(Explanation.class);
  }

  @Test
  void build_anySingleChangeOfARequest_isAnotherKey() {
    var keys = new ArrayList<String>();
    keys.add(request().build().toString());
    keys.add(request().tenant("acme2").build().toString());
    keys.add(request().applicationVersion("8").build().toString());
    keys.add(request().model("openai/m-2").build().toString());
    keys.add(request().temperature(0.1).build().toString());
    keys.add(request()
        .messages(List.of(Map.of("role", "system", "content", "why")))
        .build()
        .toString());
    keys.add(request().parameters(Map.of("seed", 42)).build().toString());
    keys.add(request().tools(List.of()).build().toString());
    keys.add(request().responseFormat("text").build().toString());
    keys.add(request().resultType(ExplanationWithSource.class).build().toString());
    keys.add(request().part("context", "retrieved").build().toString());
    keys.add(ResponseKey.builder("chat").part("model", "openai/m-1").build().toString());
    keys.add(ResponseKey.builder("chat").model("openai/m-1").build().toString());
    assertThat(keys).doesNotHaveDuplicates();
  }

  @Test
  void build_requestPartsInAnotherOrder_areTheSameKey() {
    var one =
        ResponseKey.builder("chat").model("m").temperature(0.5).tenant("acme").part("a", 1);
    var two =
        ResponseKey.builder("chat").part("a", 1).tenant("acme").temperature(0.5).model("m");
    assertThat(two.build()).isEqualTo(one.build());
  }

  @Test
  void build_tenant_isNotNamedInTheKey() {
    assertThat(request().build().toString())
        .matches("chat#t:[0-9a-f]{32}#k2:[0-9a-f]{64}")
        .isNotEqualTo(ResponseKey.builder("chat").tenant("acme").build().toString());
    assertThat(ResponseKey.builder(ORDERS).tenant("acme").build().toString())
        .startsWith(ORDERS.canonical() + "~t:");
  }

  @Test
  void of_discriminatorThatLooksLikeOneWithParts_isAnotherKey() {
    String built = ResponseKey.builder(ORDERS).part("model", "m-1").build().toString();
    var forged = ORDERS.withDiscriminator(built.substring(built.lastIndexOf('#') + 1));
    assertThat(ResponseKey.of(forged).toString()).isNotEqualTo(built);
  }

  @Test
  void isSampled_onlyWhereAModelMayAnswerOtherwise() {
    assertThat(ResponseKey.builder("x").part("a", 1).build().isSampled()).isFalse();
    assertThat(ResponseKey.builder("x").model("m").build().isSampled()).isTrue();
    assertThat(ResponseKey.builder("x").model("m").temperature(0.7).build().isSampled())
        .isTrue();
    assertThat(ResponseKey.builder("x").model("m").temperature(0).build().isSampled())
        .isFalse();
  }

  @Test
  void build_collectionThatFailsWhenRead_isNotCacheable() {
    var failing = new java.util.AbstractList<Object>() {
      @Override
      public Object get(int index) {
        throw new java.util.ConcurrentModificationException();
      }

      @Override
      public int size() {
        return 1;
      }
    };
    assertThat(ResponseKey.builder("x").part("a", failing).build().obstacle())
        .isEqualTo("java.util.ConcurrentModificationException");
    assertThat(ResponseKey.builder("x").messages(failing).build().isCacheable()).isFalse();
    assertThat(ResponseKey.builder("x").tools(List.of(new Object())).build().obstacle())
        .isEqualTo("java.lang.Object");
  }

  private static String keyOf(String namespace, Map<String, Object> parts) {
    var builder = ResponseKey.builder(namespace);
    parts.forEach(builder::part);
    return builder.build().toString();
  }

  @Test
  void build_valueWithoutCanonicalForm_isNotCacheableAndNamesTheType() {
    assertThat(ResponseKey.builder("test").part("x", Double.NaN).build().obstacle())
        .isEqualTo("NaN");
    assertThat(
            ResponseKey.builder("test").part("x", List.of(new Object())).build().obstacle())
        .isEqualTo("java.lang.Object");
    assertThat(ResponseKey.builder("test").part("x", Map.of(1, "a")).build().obstacle())
        .isEqualTo("map key of java.lang.Integer");
    var key = ResponseKey.builder("test").part("x", new Object()).part("y", 1).build();
    assertThat(key.isCacheable()).isFalse();
    assertThat(key.text()).isEmpty();
    assertThat(ResponseKey.of(Optional.empty()).obstacle()).isEqualTo("table in doubt");
  }

  @Test
  void of_schemaKey_staysReadable() {
    assertThat(ResponseKey.of(ORDERS)).hasToString(ORDERS.canonical());
    assertThat(ResponseKey.builder(ORDERS).build()).isEqualTo(ResponseKey.of(ORDERS));
    assertThat(ResponseKey.builder(ORDERS).part("model", "m-1").build().toString())
        .startsWith(ORDERS.canonical() + "~k2:")
        .isNotEqualTo(ResponseKey.builder(ORDERS).part("model", "m-2").build().toString());
  }

  @Test
  void builder_blankNamespace_isRefused() {
    assertThatIllegalArgumentException().isThrownBy(() -> ResponseKey.builder(" "));
  }

  /**
   * Keys as they are in files. If this fails, the canonical form has changed: then the version in
   * ResponseKey must change too, and these digits with it.
   */
  @Test
  void build_goldenKeys_doNotChange() {
    assertThat(ResponseKey.builder("docs")
            .part("model", "m-1")
            .part("temperature", 0.2)
            .part("seed", 42)
            .part("tools", List.of(Map.of("name", "lookup", "strict", true)))
            .part("absent", null)
            .build())
        .hasToString("docs#k2:f6470a9a05205508083c4376d5acdd9336f94bb8af49c016a81ed1eb4c51fe55");
    assertThat(ResponseKey.builder("a#b%").part("bytes", new byte[] {0, -1}).build())
        .hasToString(
            "a%23b%25#k2:baa7d38dcddb1686f7556fd6c4cecf902cde5efea75cdd8b72e4ff7380b0b584");
  }

  /** Encoders write all lone surrogates alike. */
  @Test
  void build_textsThatNoEncodingTellsApart_differ() {
    assertThat(Stream.of("\uD800", "\uD801", "\uDC80", "?", "\u0700", "\uFFFD", "\u00FF\uD800")
            .map(text -> ResponseKey.builder("docs").part("text", text).build()))
        .doesNotHaveDuplicates();
  }
}
