package io.holdfast.schema;

import io.holdfast.schema.ModelSchema.Column;
import io.holdfast.schema.ModelSchema.Part;
import io.holdfast.schema.ModelSchema.Table;
import io.holdfast.schema.ModelSchema.View;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.TestInstance;

/** {@link StructurePropertySpec} on two PostgreSQL servers. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class PostgresStructurePropertyIT extends StructurePropertySpec {

  private EmbeddedPostgres server;
  private EmbeddedPostgres other;
  private int databases;

  @BeforeAll
  void start() throws Exception {
    server = EmbeddedPostgres.builder().start();
    other = EmbeddedPostgres.builder().setLocaleConfig("locale", "C").start();
  }

  @AfterAll
  void stop() throws Exception {
    server.close();
    other.close();
  }

  @Override
  String newDatabase(boolean elsewhere) throws SQLException {
    EmbeddedPostgres which = elsewhere ? other : server;
    String name = "property" + ++databases;
    try (Connection admin = DriverManager.getConnection(which.getJdbcUrl("postgres", "postgres"));
        Statement statement = admin.createStatement()) {
      statement.execute("CREATE DATABASE " + name);
    }
    return which.getJdbcUrl("postgres", name);
  }

  @Override
  int seedsByDefault() {
    return 3;
  }

  @Override
  List<String> strangeSettings() {
    return List.of(
        "SET DateStyle = 'ISO, DMY'",
        "SET IntervalStyle = 'iso_8601'",
        "SET TimeZone = 'Asia/Tokyo'",
        "SET quote_all_identifiers = on",
        "SET extra_float_digits = -3",
        "SET bytea_output = 'escape'",
        "SET search_path = public, pg_catalog");
  }

  @Override
  ModelGrammar grammar() {
    return new PostgresGrammar();
  }

  private static final class PostgresGrammar extends ModelGrammar {

    PostgresGrammar() {
      super(
          Type.key("integer", "10", "11"),
          Type.number("bigint", "12", "-13"),
          Type.number("smallint", "17", "'18'"),
          Type.number("numeric(10, 2)", "14.50", "15"),
          Type.number("double precision", "1.5", "16", "1e5"),
          Type.number("real", "0.1", "3"),
          Type.plain("varchar(20)", "'x'", "'it''s'", "'a' || 'b'"),
          Type.plain("text", "'x'", "current_user"),
          Type.plain("char(3)", "'x'"),
          Type.plain("boolean", "true", "false"),
          Type.plain("date", "'2025-01-31'", "current_date"),
          Type.plain("timestamp(3) with time zone", "'2025-01-31 12:00:00.123456+02'", "now()"),
          Type.plain("interval day to second(2)", "'1 day 02:03:04'"),
          Type.plain("uuid", "gen_random_uuid()"),
          Type.plain("bytea", "'\\x00ff'"),
          Type.bulky("jsonb", "'{\"a\": 1}'"),
          Type.bulky("integer[]", "'{1,2}'", "ARRAY[1, 2]"),
          Type.bulky("money", "12"));
    }

    @Override
    String changeType(Table table, Column column, Type type) {
      return alterColumn(table, column, "TYPE " + type.sql() + " USING NULL");
    }

    @Override
    String constraint(Part part) {
      return switch (part.kind) {
        case "check" ->
          "CONSTRAINT " + quote(part.name) + " CHECK (" + quote(part.columns.get(0).name)
              + " NOT IN (" + part.variant + ", 8) AND " + quote(part.columns.get(0).name)
              + " BETWEEN -100 AND 1e6)";
        case "foreign key" ->
          super.constraint(part) + (part.variant == 3 ? " DEFERRABLE INITIALLY DEFERRED" : "");
        default -> super.constraint(part);
      };
    }

    @Override
    String createIndex(Table table, Part part) {
      String plain = super.createIndex(table, part);
      return part.variant == 1
          ? plain + " INCLUDE (" + quote(table.key().name) + ") WHERE "
              + quote(part.columns.get(0).name) + " IS NOT NULL"
          : plain;
    }

    @Override
    String body(View view) {
      String key = quote(view.over.key().name);
      return "SELECT a." + key + ", count(*) AS n, DATE '2025-01-31' + " + view.variant
          + " AS d FROM " + quote(view.over.name) + " a LEFT JOIN " + quote(view.over.name)
          + " b USING (" + key + ") WHERE a." + key + " > " + view.variant + " GROUP BY 1";
    }

    @Override
    List<List<String>> idle(Table table) {
      String name = quote(table.name);
      String key = quote(table.key().name);
      return List.of(
          List.of("ANALYZE " + name),
          List.of("VACUUM FULL " + name),
          List.of("COMMENT ON TABLE " + name + " IS 'a comment'"),
          List.of("COMMENT ON COLUMN " + name + "." + key + " IS 'another'"),
          List.of(alter(table) + "ADD COLUMN passing int", alter(table) + "DROP COLUMN passing"),
          List.of(renameTable(table.name, "passing"), renameTable("passing", table.name)),
          List.of("GRANT SELECT ON " + name + " TO PUBLIC"),
          List.of(alter(table) + "SET (fillfactor = 70)"),
          List.of(alter(table) + "ALTER COLUMN " + key + " SET STATISTICS 7"),
          List.of("CREATE SEQUENCE IF NOT EXISTS numbers"),
          List.of("REINDEX TABLE " + name),
          List.of("CREATE TEMP TABLE IF NOT EXISTS numbers (a int)"));
    }
  }
}
