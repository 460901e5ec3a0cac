package io.holdfast.docs.llm;

import static org.assertj.core.api.Assertions.assertThat;

import io.holdfast.docs.render.Structures;
import io.holdfast.schema.TableStructure;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;

class SchemaQuestionTest {

  @Test
  void about_table_hasColumnsKeysAndReferences() {
    assertThat(SchemaQuestion.about(SchemaQuestion.structure(List.of(Structures.ORDERS)), "Why?"))
        .contains("- public.orders(id integer, customer_id integer, status text)")
        .contains("primary key [id]")
        .contains("references public.customers")
        .endsWith("Question: Why?\n");
  }

  @Test
  void about_moreTablesThanFit_namesThemThenCountsThem_andKeepsTheQuestion() {
    List<TableStructure> many = Collections.nCopies(10_000, Structures.ORDERS);
    String prompt = SchemaQuestion.about(SchemaQuestion.structure(many), "Why?");
    assertThat(prompt.length()).isLessThan(61_000);
    assertThat(prompt)
        .contains("\n- public.orders\n")
        .containsPattern("\n- and \\d+ more\n")
        .endsWith("Question: Why?\n");
  }
}
