package io.holdfast.schema;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashMap;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** The text of a key tells all its parts apart. */
class SchemaKeyTest {

  @Test
  void canonical_partsFullOfSeparators_neverMeetsAnotherKey() {
    var random = new Random(7);
    Map<String, SchemaKey> byText = new HashMap<>();
    for (int i = 0; i < 50_000; i++) {
      var key = new SchemaKey(part(random), part(random), part(random), part(random), part(random));
      SchemaKey other = byText.put(key.canonical(), key);
      assertThat(other == null || other.equals(key)).as("%s and %s", key, other).isTrue();
      assertThat(key.canonical()).startsWith(key.tablePrefix());
    }
  }

  @Test
  void tablePrefix_tableThatBeginsLikeAnother_isNotAPrefixOfItsKeys() {
    var order = new SchemaKey("db", "s", "order", "f1:0", "");
    var orders = new SchemaKey("db", "s", "orders", "f1:0", "");
    assertThat(orders.canonical()).doesNotStartWith(order.tablePrefix());
  }

  private static String part(Random random) {
    var text = new StringBuilder();
    for (int i = random.nextInt(4); i > 0; i--) {
      text.append("#.%2a".charAt(random.nextInt(5)));
    }
    return text.toString();
  }
}
