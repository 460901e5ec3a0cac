package io.holdfast.schema;

import java.util.List;
import org.junit.jupiter.api.TestInstance;

/** {@link StructurePropertySpec} on H2. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class H2StructurePropertyTest extends StructurePropertySpec {

  private int databases;

  @Override
  String newDatabase(boolean other) {
    return "jdbc:h2:mem:property" + ++databases + ";DB_CLOSE_DELAY=-1"
        + (other ? ";DATABASE_TO_UPPER=FALSE" : "");
  }

  @Override
  int seedsByDefault() {
    return 4;
  }

  @Override
  ModelGrammar grammar() {
    return new H2Grammar();
  }

  private static final class H2Grammar extends ModelGrammar {

    H2Grammar() {
      super(
          Type.key("INTEGER", "10", "11"),
          Type.number("BIGINT", "12", "-13"),
          Type.number("NUMERIC(10, 2)", "14.50", "15"),
          Type.number("DOUBLE PRECISION", "1.5", "16"),
          Type.plain("VARCHAR(20)", "'x'", "'it''s'"),
          Type.plain("VARCHAR(21)", "'x'"),
          Type.plain("DATE", "DATE '2025-01-31'", "CURRENT_DATE"),
          Type.plain("TIMESTAMP(3) WITH TIME ZONE", "CURRENT_TIMESTAMP"),
          Type.plain("BOOLEAN", "TRUE"),
          Type.plain("UUID", "RANDOM_UUID()"),
          Type.bulky("CLOB", "'y'"),
          Type.bulky("INTEGER ARRAY[4]", "ARRAY[1, 2]"));
    }

    @Override
    boolean seesRenaming(ModelSchema.Table table) {
      return table.filled;
    }

    @Override
    String renameColumn(ModelSchema.Table table, String from, String to) {
      return alter(table) + "ALTER COLUMN " + quote(from) + " RENAME TO " + quote(to);
    }

    @Override
    List<List<String>> idle(ModelSchema.Table table) {
      String name = quote(table.name);
      return List.of(
          List.of("ANALYZE TABLE " + name),
          List.of("COMMENT ON TABLE " + name + " IS 'a comment'"),
          List.of("COMMENT ON COLUMN " + name + "." + quote(table.key().name) + " IS 'another'"),
          List.of(
              alter(table) + "ADD COLUMN passing INTEGER", alter(table) + "DROP COLUMN passing"),
          List.of(renameTable(table.name, "passing"), renameTable("passing", table.name)),
          List.of("GRANT SELECT ON " + name + " TO PUBLIC"),
          List.of("CREATE SEQUENCE IF NOT EXISTS numbers"));
    }
  }
}
