package io.holdfast.schema.catalog;

import static org.assertj.core.api.Assertions.assertThat;

import io.holdfast.schema.TableName;
import io.holdfast.schema.TableStructure;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.Statement;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** The generic reader, on a driver that has a reader of its own to compare with. */
class MetadataCatalogTest {

  @Test
  void read_twoTablesAndAView_findsColumnsKeysAndIndexesAndSaysLossy() throws Exception {
    try (Connection connection = DriverManager.getConnection("jdbc:h2:mem:");
        Statement statement = connection.createStatement()) {
      statement.execute("CREATE TABLE a_b (id INT PRIMARY KEY, name VARCHAR(20) NOT NULL)");
      // Would answer for a_b too if the underscore were taken for a wildcard.
      statement.execute("CREATE TABLE acb (other INT)");
      statement.execute("CREATE TABLE c (x INT, y INT, CONSTRAINT to_a FOREIGN KEY (x) "
          + "REFERENCES a_b, PRIMARY KEY (y, x))");
      statement.execute("CREATE INDEX by_name ON a_b (name)");
      statement.execute("CREATE VIEW v AS SELECT name FROM a_b");

      Map<TableName, ObservedTable> all =
          new MetadataCatalog().read(connection, SchemaFilter.ALL, null);

      assertThat(all.keySet())
          .extracting(TableName::name)
          .containsExactlyInAnyOrder("A_B", "ACB", "C", "V");
      TableStructure a = structure(all, "A_B");
      assertThat(a.columns()).extracting(TableStructure.Column::name).containsExactly("ID", "NAME");
      assertThat(a.columns().get(1).type()).isEqualTo("CHARACTER VARYING(20, 0)");
      assertThat(a.columns().get(1).nullable()).isFalse();
      assertThat(a.indexes()).extracting(TableStructure.Index::name).contains("BY_NAME");
      assertThat(a.options()).singleElement().asString().startsWith("lossy=H2 JDBC Driver 2.");
      TableStructure c = structure(all, "C");
      assertThat(c.primaryKey().columns()).containsExactly("Y", "X");
      assertThat(c.foreignKeys()).singleElement().satisfies(key -> {
        assertThat(key.name()).isEqualTo("TO_A");
        assertThat(key.columns()).isEqualTo(List.of("X"));
        assertThat(key.references()).isEqualTo(new TableName("PUBLIC", "A_B"));
        assertThat(key.referencedColumns()).isEqualTo(List.of("ID"));
      });
      assertThat(structure(all, "V").kind()).isEqualTo(TableStructure.Kind.VIEW);
    }
  }

  @Test
  void read_namedTablesAndFilter_leavesTheOthersOut() throws Exception {
    try (Connection connection = DriverManager.getConnection("jdbc:h2:mem:");
        Statement statement = connection.createStatement()) {
      statement.execute(
          "CREATE SCHEMA other; CREATE TABLE other.t (a INT); CREATE TABLE t (a INT)");
      var reader = new MetadataCatalog();
      assertThat(reader.read(connection, SchemaFilter.parse("Other"), null))
          .containsOnlyKeys(new TableName("OTHER", "T"));
      var named = new TableName("PUBLIC", "T");
      assertThat(reader.read(connection, SchemaFilter.ALL, Set.of(named))).containsOnlyKeys(named);
    }
  }

  private static TableStructure structure(Map<TableName, ObservedTable> all, String name) {
    return all.get(new TableName("PUBLIC", name)).structure();
  }
}
