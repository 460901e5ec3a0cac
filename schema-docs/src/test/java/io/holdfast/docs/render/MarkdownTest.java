package io.holdfast.docs.render;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class MarkdownTest {

  @Test
  void text_markupCharacters_areEscaped() {
    assertThat(Markdown.text("a|b *c* [d](e) <script>&amp; `f`"))
        .isEqualTo("a\\|b \\*c\\* \\[d\\](e) &lt;script&gt;&amp;amp; \\`f\\`");
  }

  @Test
  void text_lineBreaksAndControls_stayOnOneLine() {
    assertThat(Markdown.text("a\nb\r\tc\u001b[31m")).isEqualTo("a b  c�\\[31m");
  }

  @Test
  void text_underscoreInsideAWord_isLeftAlone() {
    assertThat(Markdown.text("order_totals _x_")).isEqualTo("order_totals \\_x\\_");
  }

  @Test
  void code_backticksInside_getALongerFence() {
    assertThat(Markdown.code("a`b")).isEqualTo("``a`b``");
    assertThat(Markdown.code("`")).isEqualTo("`` ` ``");
  }

  @Test
  void code_barInside_doesNotCutTheTableRow() {
    assertThat(Markdown.code("a|b")).isEqualTo("`a\\|b`");
  }

  @Test
  void code_empty_isSaidInWords() {
    assertThat(Markdown.code("")).isEqualTo("*(empty)*");
  }

  @Test
  void share_neverRoundsSomethingToNothingNorAlmostAllToAll() {
    assertThat(Markdown.share(1, 100_000)).isEqualTo("< 0.1 %");
    assertThat(Markdown.share(99_999, 100_000)).isEqualTo("> 99.9 %");
    assertThat(Markdown.share(0, 10)).isEqualTo("0 %");
    assertThat(Markdown.share(10, 10)).isEqualTo("100 %");
    assertThat(Markdown.share(13, 1000)).isEqualTo("1.3 %");
  }

  @Test
  void count_one_isSingular() {
    assertThat(Markdown.count(1, "row")).isEqualTo("1 row");
    assertThat(Markdown.count(12_345, "row")).isEqualTo("12,345 rows");
  }
}
