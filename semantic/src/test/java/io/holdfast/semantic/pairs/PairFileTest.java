package io.holdfast.semantic.pairs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PairFileTest {

  @TempDir
  Path directory;

  @Test
  void read_columnsInAnyOrderAndMoreThanNeeded_findsThemByName() throws IOException {
    Path file = file(
        "kind\tshould_match\tquestion2\textra\tquestion1\nx\t1\tWho \"is\" it?\ty\tWho's it?\r\n\nx\t0\tb\ty\ta\n");
    assertThat(PairFile.read(file))
        .containsExactly(
            new LabelledPair("Who's it?", "Who \"is\" it?", true, "", ""),
            new LabelledPair("a", "b", false, "", ""));
  }

  @Test
  void read_groupAndSource_areKept() throws IOException {
    Path file =
        file("\ufeffquestion1\tquestion2\tshould_match\tsource\tgroup\na\tb\ttrue\tmine\tg1\n");
    assertThat(PairFile.read(file)).containsExactly(new LabelledPair("a", "b", true, "g1", "mine"));
  }

  @Test
  void read_emptyFile_saysWhatItNeeds() throws IOException {
    Path file = file("");
    assertThatThrownBy(() -> PairFile.read(file))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("header");
  }

  @Test
  void read_columnMissing_namesIt() throws IOException {
    Path file = file("question1\tquestion2\na\tb\n");
    assertThatThrownBy(() -> PairFile.read(file))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("should_match");
  }

  @Test
  void read_wrongLine_isNamedButNotItsText() throws IOException {
    Path label = file("question1\tquestion2\tshould_match\nsecret\tb\tperhaps\n");
    assertThatThrownBy(() -> PairFile.read(label))
        .hasMessageContaining("line 2")
        .hasMessageNotContaining("secret");
    Path fields = file("question1\tquestion2\tshould_match\nsecret\tb\n");
    assertThatThrownBy(() -> PairFile.read(fields))
        .hasMessageContaining("line 2")
        .hasMessageNotContaining("secret");
  }

  private Path file(String text) throws IOException {
    return Files.writeString(directory.resolve("pairs.tsv"), text);
  }
}
