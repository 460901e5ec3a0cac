package io.holdfast.docs.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import org.junit.jupiter.api.Test;

class DocumentCodecTest {

  @Test
  void decode_whatWasEncoded_isEqual() {
    var exact = new TableDocument("People.", 12, true, "# a\n\nrows: 3\n", null);
    var sampled = new TableDocument("", 12, false, "", null);
    assertThat(DocumentCodec.INSTANCE.decode(DocumentCodec.INSTANCE.encode(exact)))
        .isEqualTo(exact);
    assertThat(DocumentCodec.INSTANCE.decode(DocumentCodec.INSTANCE.encode(sampled)))
        .isEqualTo(sampled);
  }

  @Test
  void decode_somethingElse_isRefused() {
    assertThatIllegalArgumentException().isThrownBy(() -> DocumentCodec.INSTANCE.decode("# page"));
  }
}
