package io.holdfast.docs.serve;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** The last of three walls: pages escape foreign text before, and the page's policy runs no script after. */
class MarkdownHtmlTest {

  private final MarkdownHtml html = new MarkdownHtml();

  @Test
  void render_tags_stayText() {
    assertThat(html.render("a <script>alert(1)</script>\n\n<img src=x onerror=y>"))
        .contains("&lt;script&gt;", "&lt;img")
        .doesNotContain("<script", "<img");
  }

  @Test
  void render_linkThatRuns_leadsNowhere() {
    assertThat(html.render("[click](javascript:alert(1))")).doesNotContain("javascript:");
  }

  @Test
  void render_table_isATable() {
    assertThat(html.render("| A |\n| --- |\n| `b` |\n")).contains("<th>A</th>", "<code>b</code>");
  }
}
