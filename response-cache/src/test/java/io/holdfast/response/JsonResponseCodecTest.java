package io.holdfast.response;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** JSON payloads, and the shape of the type in their format. */
@SuppressWarnings("SameNameButDifferent") // equal names for different records are the subject
class JsonResponseCodecTest {

  // Several generations of one record, and where a name or type inside differs.
  private static final class First {
    private record Doc(String title, List<Part> parts) {}

    private record Part(String text, int rank) {}
  }

  private static final class Same {
    private record Doc(String title, List<Part> parts) {}

    private record Part(String text, int rank) {}
  }

  private static final class RenamedInside {
    private record Doc(String title, List<Part> parts) {}

    private record Part(String body, int rank) {}
  }

  private static final class RetypedInside {
    private record Doc(String title, List<Part> parts) {}

    private record Part(String text, long rank) {}
  }

  private static final class OtherContainer {
    private record Doc(String title, Map<String, Part> parts) {}

    private record Part(String text, int rank) {}
  }

  private record Tree(String name, List<Tree> children) {}

  private enum Level {
    LOW,
    HIGH
  }

  @Test
  void format_sameShape_isTheSameWhereverTheTypeLives() {
    assertThat(ResponseCodec.json(Same.Doc.class).format())
        .isEqualTo(ResponseCodec.json(First.Doc.class).format())
        .matches("json:Doc:[0-9a-f]{12}");
  }

  @Test
  void format_changeInANestedRecord_isAnotherFormat() {
    assertThat(List.of(
            ResponseCodec.json(First.Doc.class).format(),
            ResponseCodec.json(RenamedInside.Doc.class).format(),
            ResponseCodec.json(RetypedInside.Doc.class).format(),
            ResponseCodec.json(OtherContainer.Doc.class).format()))
        .doesNotHaveDuplicates();
  }

  @Test
  void format_recursiveTypeAndEnum_end() {
    assertThat(ResponseCodec.json(Tree.class).format()).startsWith("json:Tree:");
    assertThat(TypeShape.of(Level.class).text()).isEqualTo("enum(LOW,HIGH,)");
  }

  @Test
  void decode_encoded_isEqual() {
    var codec = ResponseCodec.json(Tree.class);
    var tree = new Tree("root", List.of(new Tree("leaf", List.of())));
    assertThat(codec.decode(codec.encode(tree))).isEqualTo(tree);
  }

  @Test
  void decode_otherJson_namesTheTypeAndQuotesNothing() {
    var codec = ResponseCodec.json(First.Part.class);
    for (String payload : List.of(
        "{\"text\":\"secret\",\"rank\":\"secret\"}",
        "{\"text\":\"secret\",\"rank\":1,\"secret\":2}",
        "{\"text\":\"secret\"}",
        "null",
        "secret")) {
      assertThatExceptionOfType(ResponseFormatException.class)
          .isThrownBy(() -> codec.decode(payload))
          .withMessageContaining("Part")
          .withMessageNotContaining("secret")
          .withNoCause();
    }
  }
}
