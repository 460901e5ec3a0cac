package io.holdfast.docs.serve;

import static org.assertj.core.api.Assertions.assertThat;

import io.holdfast.schema.TableName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TableIdTest {

  @ParameterizedTest
  @ValueSource(
      strings = {"orders", "a.b", "a/b", "a~2Eb", "..", "~", "~x", "ünï", "表", "a b%2F?#", "\u0000"
      })
  void parse_whatWasWritten_isTheSame(String name) {
    var id = new TableId("shop", new TableName("public", name));
    assertThat(id.toString()).matches("[A-Za-z0-9._~-]+");
    assertThat(TableId.parse(id.toString())).contains(id);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "", "orders", "a.b", "a.b.c.d", "a.b.~", "a.b.~2", "a.b.~zz", "a.b.~61", "a.b.c d",
        "a.b.~2e"
      })
  void parse_whatNobodyWrote_isNothing(String text) {
    assertThat(TableId.parse(text)).isEmpty();
  }

  @Test
  void toString_plainNames_areReadable() {
    assertThat(new TableId("shop", new TableName("public", "order_lines")))
        .hasToString("shop.public.order_lines");
  }
}
