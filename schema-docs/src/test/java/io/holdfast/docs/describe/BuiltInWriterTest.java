package io.holdfast.docs.describe;

import static org.assertj.core.api.Assertions.assertThat;

import io.holdfast.docs.profile.ColumnProfile;
import io.holdfast.docs.profile.ColumnProfile.ValueCount;
import io.holdfast.docs.profile.TableProfile;
import io.holdfast.docs.profile.ValueFamily;
import io.holdfast.docs.render.Structures;
import java.util.List;
import org.junit.jupiter.api.Test;

class BuiltInWriterTest {

  @Test
  void describe_structureAndProfile_givesSentences() {
    var profile = new TableProfile(
        200,
        true,
        200,
        List.of(new ColumnProfile(
            "status",
            ValueFamily.TEXT,
            0,
            2L,
            "4",
            "9",
            List.of(new ValueCount("delivered", 150), new ValueCount("paid", 50)))),
        List.of());
    var description = new BuiltInWriter().describe(Structures.ORDERS, profile);
    assertThat(description.prose())
        .isEqualTo(
            "`orders` holds 200 rows in 3 columns. A row may refer to one row of `customers`."
                + " `status` takes 2 values, most often `delivered` (75 %).");
    assertThat(description.summary()).isEqualTo("3 columns; refers to `customers`");
  }

  @Test
  void describe_comment_comesFirst() {
    var nothing = new TableProfile(0, true, 0, List.of(), List.of());
    var description = new BuiltInWriter().describe(Structures.CUSTOMERS, nothing);
    assertThat(description.prose())
        .isEqualTo("People. `customers` holds no rows yet in 2 columns.");
    assertThat(description.summary()).isEqualTo("People.");
  }
}
