package io.holdfast.schema;

import static org.assertj.core.api.Assertions.assertThat;

import io.holdfast.schema.StructureChange.ColumnAdded;
import io.holdfast.schema.StructureChange.ColumnChanged;
import io.holdfast.schema.StructureChange.ColumnDropped;
import io.holdfast.schema.StructureChange.PartAdded;
import io.holdfast.schema.StructureChange.PartChanged;
import io.holdfast.schema.StructureChange.PartDropped;
import java.util.List;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.RepetitionInfo;
import org.junit.jupiter.api.Test;

/** Hash and diff agree: over random structures and random edits. */
class StructureDiffTest {

  @RepeatedTest(200)
  void between_oneEdit_namesExactlyItAndTheHashDiffers(RepetitionInfo repetition) {
    var structures = new RandomStructures(repetition.getCurrentRepetition());
    TableStructure before = structures.next();
    RandomStructures.Edit edit = structures.edit(before);

    assertThat(StructureDiff.between(before, edit.result())).containsExactly(edit.change());
    assertThat(hash(edit.result())).isNotEqualTo(hash(before));
  }

  @RepeatedTest(100)
  void between_manyEditsBackwards_isTheMirrorImage(RepetitionInfo repetition) {
    var structures = new RandomStructures(1_000 + repetition.getCurrentRepetition());
    TableStructure before = structures.next();
    TableStructure after = structures.next();

    List<StructureChange> forwards = StructureDiff.between(before, after);
    List<StructureChange> backwards = StructureDiff.between(after, before);
    assertThat(backwards.stream().map(StructureDiffTest::comparable).sorted().toList())
        .isEqualTo(forwards.stream()
            .map(StructureDiffTest::mirrored)
            .map(StructureDiffTest::comparable)
            .sorted()
            .toList());
    assertThat(forwards.isEmpty()).isEqualTo(hash(before).equals(hash(after)));
  }

  @RepeatedTest(100)
  void hash_sameStructureToldOtherwise_isTheSame(RepetitionInfo repetition) {
    var structures = new RandomStructures(2_000 + repetition.getCurrentRepetition());
    TableStructure table = structures.next();
    TableStructure retold = structures.retold(table);

    assertThat(hash(retold)).isEqualTo(hash(table));
    assertThat(StructureDiff.between(table, retold)).isEmpty();
  }

  @Test
  void hash_otherEngine_differs() {
    TableStructure table = new RandomStructures(1).next();
    assertThat(CanonicalForm.hash(Dialect.H2, table))
        .isNotEqualTo(CanonicalForm.hash(Dialect.SQLITE, table));
  }

  @Test
  void hash_absentAndEmptyText_differ() {
    TableStructure.Column absent =
        new TableStructure.Column("a", "text", true, null, null, null, null);
    TableStructure.Column empty =
        new TableStructure.Column("a", "text", true, "", null, null, null);
    assertThat(hash(table(absent))).isNotEqualTo(hash(table(empty)));
  }

  @Test
  void hash_textMovedBetweenFields_differs() {
    TableStructure.Column one = new TableStructure.Column("ab", "c", true, null, null, null, null);
    TableStructure.Column two = new TableStructure.Column("a", "bc", true, null, null, null, null);
    assertThat(hash(table(one))).isNotEqualTo(hash(table(two)));
  }

  private static TableStructure table(TableStructure.Column column) {
    return new TableStructure(
        new TableName("s", "t"),
        TableStructure.Kind.TABLE,
        List.of(),
        List.of(column),
        null,
        List.of(),
        List.of(),
        List.of(),
        List.of(),
        null,
        List.of(),
        null);
  }

  private static StructureHash hash(TableStructure table) {
    return CanonicalForm.hash(Dialect.POSTGRESQL, table);
  }

  /** A dropped column does not tell its type, so the mirror image of an added one cannot either. */
  private static String comparable(StructureChange change) {
    return change instanceof ColumnAdded added ? "added " + added.column() : change.toString();
  }

  private static StructureChange mirrored(StructureChange change) {
    if (change instanceof ColumnAdded added) {
      return new ColumnDropped(added.column());
    } else if (change instanceof ColumnDropped dropped) {
      return new ColumnAdded(dropped.column(), "");
    } else if (change instanceof ColumnChanged c) {
      return new ColumnChanged(
          c.column(), c.aspect(), /* before= */ c.after(), /* after= */ c.before());
    } else if (change instanceof PartAdded p) {
      return new PartDropped(p.part(), p.name(), p.definition());
    } else if (change instanceof PartDropped p) {
      return new PartAdded(p.part(), p.name(), p.definition());
    } else if (change instanceof PartChanged p) {
      return new PartChanged(p.part(), p.name(), /* before= */ p.after(), /* after= */ p.before());
    }
    throw new AssertionError("no mirror image of " + change);
  }
}
