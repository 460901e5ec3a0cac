package io.holdfast.schema;

import io.holdfast.schema.ModelSchema.Table;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/** {@link StructurePropertySpec} on SQLite. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class SqliteStructurePropertyTest extends StructurePropertySpec {

  @TempDir
  Path directory;

  private int databases;

  @Override
  String newDatabase(boolean other) {
    return "jdbc:sqlite:" + directory.resolve("property" + ++databases + ".db");
  }

  @Override
  int seedsByDefault() {
    return 4;
  }

  @Override
  List<String> strangeSettings() {
    return List.of("PRAGMA encoding = 'UTF-16'", "PRAGMA legacy_alter_table = ON");
  }

  @Override
  ModelGrammar grammar() {
    return new SqliteGrammar();
  }

  private static final class SqliteGrammar extends ModelGrammar {

    SqliteGrammar() {
      super(
          Type.key("INTEGER", "10", "11"),
          Type.number("BIGINT", "12", "-13", "+14"),
          Type.number("NUMERIC(10, 2)", "14.50", "15"),
          Type.number("", "1.5", "16"),
          Type.plain("VARCHAR(20)", "'x'", "'it''s'"),
          Type.plain("text COLLATE NOCASE", "'x'"),
          Type.plain("DATE", "'2025-02-28'", "'2025-01-31'"),
          Type.bulky("BLOB", "x'00'"),
          Type.bulky("double precision", "1e3"));
    }

    @Override
    boolean altersConstraints() {
      return false;
    }

    @Override
    boolean altersColumns() {
      return false;
    }

    @Override
    boolean addsForeignKeys() {
      return false;
    }

    @Override
    boolean renamesIndexes() {
      return false;
    }

    @Override
    String createIndex(Table table, ModelSchema.Part part) {
      return super.createIndex(table, part)
          + (part.variant == 1 ? " WHERE " + quote(part.columns.get(0).name) + " > 7" : "");
    }

    @Override
    List<List<String>> idle(Table table) {
      String name = quote(table.name);
      return List.of(
          List.of("ANALYZE"),
          List.of("REINDEX " + name),
          List.of("PRAGMA user_version = 7"),
          List.of("DELETE FROM " + name + " WHERE false"),
          List.of(
              alter(table) + "ADD COLUMN passing INTEGER", alter(table) + "DROP COLUMN passing"),
          List.of(renameTable(table.name, "passing"), renameTable("passing", table.name)),
          List.of("CREATE TEMP TABLE IF NOT EXISTS numbers (a)"),
          List.of("VACUUM"));
    }
  }
}
