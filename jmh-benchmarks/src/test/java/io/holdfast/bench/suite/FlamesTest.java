package io.holdfast.bench.suite;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.Test;

final class FlamesTest {

  private static final Stacks STACKS = new Stacks(new TreeMap<>(Map.of(
      "caller;io.holdfast.bench.peers.StoreBenchmark.get;org.sqlite.core.NativeDB.step", 6,
      "caller;io.holdfast.bench.peers.StoreBenchmark.get;java.lang.String.<init>", 2,
      "holdfast-store;java.lang.Thread.run;io.holdfast.store.BackgroundWork.tick", 2)));

  @Test
  void all_benchmarksAndParameters_exist() throws Exception {
    for (HotPath path : HotPath.all()) {
      Declared declared = Declared.of(path.benchmark());
      assertThat(declared).matches(Declared::hasMethod);
      for (Map.Entry<String, List<String>> parameter : path.parameters().entrySet()) {
        assertThat(declared.valuesOf(parameter.getKey())).containsAll(parameter.getValue());
      }
    }
    assertThat(HotPath.all()).extracting(HotPath::fileName).doesNotHaveDuplicates();
  }

  @Test
  void share_innermostFrames_decideWhoseTimeItIs() {
    assertThat(STACKS.share(Owner.SQLITE)).isEqualTo(.6);
    assertThat(STACKS.share(Owner.JDK)).isEqualTo(.2);
    assertThat(STACKS.share(Owner.HOLDFAST)).isEqualTo(.2);
    assertThat(STACKS.share(Owner.OTHER)).isZero();
    assertThat(STACKS.backgroundShare()).isEqualTo(.2);
  }

  @Test
  void svg_threeStacks_areAsWideAsTheyWereMet() throws Exception {
    String svg = FlameGraph.svg("Get & put", STACKS);

    assertThat(svg)
        .contains("Get &amp; put", "10 samples", ">NativeDB.step<", "java.lang.String.&lt;init>")
        .contains("org.sqlite.core.NativeDB.step: 6 samples, 60.0 %")
        .containsPattern("width=\"720\\.0\" height=\"17\" fill=\"#eeb98a\"");
    DocumentBuilderFactory.newInstance()
        .newDocumentBuilder()
        .parse(new ByteArrayInputStream(svg.getBytes(StandardCharsets.UTF_8)));
  }

  @Test
  void markdown_oneSeen_hasItsSharesItsStacksAndItsPicture() {
    HotPath path = HotPath.all().get(1);

    assertThat(Flames.markdown("Measured.", List.of(new Flames.Seen(path, STACKS))))
        .contains("| Get from the file, 1 KiB | 20 % | 60 % | 20 % | 0 % | 20 % |")
        .contains("[get-file.folded](get-file.folded)")
        .contains("](get-file.svg)");
  }
}
