package io.holdfast.schema;

import static io.holdfast.schema.WatchFixture.summaries;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.Statement;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** A real PostgreSQL under watch, a database of its own for each test. */
class PostgresWatchIT {

  private static final TableName ORDERS = new TableName("public", "orders");
  private static final TableName CUSTOMER = new TableName("public", "customer");
  private static final TableName TOTALS = new TableName("public", "totals");
  private static final TableName EVENT = new TableName("public", "event");
  private static final TableName EVENT_2025 = new TableName("public", "event_2025");
  private static final String SHOP = """
      CREATE TYPE mood AS ENUM ('good', 'bad');
      CREATE DOMAIN email AS text CHECK (VALUE LIKE '%@%');
      CREATE TABLE customer (
        id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
        mail email NOT NULL UNIQUE,
        feeling mood DEFAULT 'good',
        nick varchar(20) DEFAULT 'x' COLLATE "C");
      CREATE TABLE orders (
        shop int, nr serial, customer bigint CONSTRAINT by_whom REFERENCES customer ON DELETE CASCADE
          DEFERRABLE INITIALLY DEFERRED,
        net numeric(10, 2) NOT NULL, gross numeric GENERATED ALWAYS AS (net * 1.2) STORED,
        PRIMARY KEY (shop, nr), CONSTRAINT dear CHECK (net > 0));
      CREATE INDEX big ON orders (net DESC) WHERE net > 100;
      CREATE UNIQUE INDEX lower_nick ON customer (lower(nick)) WITH (fillfactor = 70);
      COMMENT ON COLUMN orders.net IS 'without tax';
      CREATE VIEW totals AS SELECT customer, sum(net) AS total FROM orders GROUP BY customer;
      CREATE TABLE event (at date, what text) PARTITION BY RANGE (at);
      CREATE TABLE event_2025 PARTITION OF event FOR VALUES FROM ('2025-01-01') TO ('2026-01-01');
      ALTER TABLE customer ENABLE ROW LEVEL SECURITY;
      CREATE POLICY own ON customer FOR SELECT USING (nick = current_user);
      """;

  private static EmbeddedPostgres server;
  private static int databases;

  @BeforeAll
  static void start() throws Exception {
    server = EmbeddedPostgres.builder().start();
  }

  @AfterAll
  static void stop() throws Exception {
    server.close();
  }

  private static String newDatabase() throws Exception {
    String name = "shop" + ++databases;
    try (Connection admin = DriverManager.getConnection(server.getJdbcUrl("postgres", "postgres"));
        Statement statement = admin.createStatement()) {
      statement.execute("CREATE DATABASE " + name);
    }
    return server.getJdbcUrl("postgres", name);
  }

  @Test
  void structure_richSchema_isReadWhole() throws Exception {
    try (var shop = WatchFixture.of(newDatabase(), SHOP)) {
      TableStructure orders = shop.database().structure(ORDERS).orElseThrow();
      assertThat(orders.primaryKey())
          .isEqualTo(new TableStructure.Key("orders_pkey", List.of("shop", "nr"), ""));
      assertThat(orders.columns())
          .extracting(TableStructure.Column::name)
          .containsExactly("shop", "nr", "customer", "net", "gross");
      assertThat(orders.columns().get(3))
          .isEqualTo(new TableStructure.Column(
              "net", "numeric(10,2)", false, null, null, null, "without tax"));
      assertThat(orders.columns().get(4).generation()).isEqualTo("stored (net * 1.2)");
      assertThat(orders.foreignKeys())
          .containsExactly(new TableStructure.ForeignKey(
              "by_whom",
              List.of("customer"),
              CUSTOMER,
              List.of("id"),
              "ON DELETE CASCADE DEFERRABLE INITIALLY DEFERRED"));
      assertThat(orders.checks())
          .containsExactly(new TableStructure.Check("dear", "CHECK ((net > (0)::numeric))"));
      assertThat(orders.indexes())
          .containsExactly(new TableStructure.Index(
              "big", false, "USING btree (net DESC) WHERE (net > (100)::numeric)"));
      assertThat(orders.extras())
          .extracting(TableStructure.Extra::kind)
          .containsExactly("sequence");

      TableStructure customer = shop.database().structure(CUSTOMER).orElseThrow();
      assertThat(customer.options()).containsExactly("row security");
      assertThat(customer.columns().get(0).generation()).isEqualTo("identity always");
      assertThat(customer.columns().get(3).collation()).isEqualTo("pg_catalog.\"C\"");
      assertThat(customer.columns().get(3).defaultExpression()).isEqualTo("'x'");
      assertThat(customer.indexes())
          .containsExactly(
              new TableStructure.Index("lower_nick", true, "USING btree (lower((nick)::text))"));
      assertThat(customer.extras())
          .extracting(TableStructure.Extra::kind, TableStructure.Extra::definition)
          .contains(
              tuple("type", "enum ('good', 'bad')"),
              tuple("type", "domain over text CHECK ((VALUE ~~ '%@%'::text))"),
              tuple("policy", "permissive r to public using ((nick)::text = CURRENT_USER)"));

      assertThat(shop.database().structure(TOTALS).orElseThrow().definition())
          .contains("sum(net) AS total");
      TableStructure event = shop.database().structure(EVENT).orElseThrow();
      assertThat(event.kind()).isEqualTo(TableStructure.Kind.PARTITIONED_TABLE);
      assertThat(event.options()).containsExactly("partition by=RANGE (at)");
      assertThat(shop.database().structure(EVENT_2025).orElseThrow().options())
          .containsExactly("partition bound=FOR VALUES FROM ('2025-01-01') TO ('2026-01-01')");
    }
  }

  @Test
  void hash_sameDdlInTwoDatabases_isTheSame() throws Exception {
    try (var one = WatchFixture.of(newDatabase(), SHOP);
        var two = WatchFixture.of(newDatabase(), "CREATE TABLE noise (a int)", SHOP)) {
      for (TableName table : one.database().structures().keySet()) {
        assertThat(two.database().hash(table))
            .as(table.toString())
            .isEqualTo(one.database().hash(table));
      }
      assertThat(one.database().identity().id())
          .isNotEqualTo(two.database().identity().id());
    }
  }

  @Test
  void hash_otherRouteToTheSameTable_isTheSame() throws Exception {
    try (var one = WatchFixture.of(
            newDatabase(),
            "CREATE TABLE t (a integer NOT NULL, b character varying(10) DEFAULT 'x', c float8 "
                + "DEFAULT 1, CONSTRAINT p PRIMARY KEY (a), CONSTRAINT k CHECK (a IN (1, 2)))");
        var two = WatchFixture.of(
            newDatabase(),
            "CREATE TABLE t (gone int, a int4, b varchar(10), c double precision)",
            "ALTER TABLE t DROP COLUMN gone",
            "ALTER TABLE t ALTER c SET DEFAULT 1.0",
            "ALTER TABLE t ALTER b SET DEFAULT 'x'::text",
            "ALTER TABLE t ADD CONSTRAINT k CHECK ((a) = ANY (ARRAY[1, 2]))",
            "ALTER TABLE t ADD CONSTRAINT p PRIMARY KEY (a)")) {
      var table = new TableName("public", "t");
      assertThat(StructureDiff.between(
              one.database().structure(table).orElseThrow(),
              two.database().structure(table).orElseThrow()))
          .isEmpty();
      assertThat(two.database().hash(table)).isEqualTo(one.database().hash(table));
    }
  }

  @Test
  void validate_alteredElsewhere_driftsThatTableOnly() throws Exception {
    try (var shop = WatchFixture.of(newDatabase(), SHOP)) {
      shop.executeElsewhere("ALTER TABLE orders ADD COLUMN note text, DROP CONSTRAINT dear");
      assertThat(shop.database().validate()).isTrue();
      assertThat(shop.heard()).singleElement().satisfies(drift -> {
        assertThat(drift.table()).isEqualTo(ORDERS);
        assertThat(drift.origin()).isEqualTo(SchemaDrift.Origin.OTHER_SESSION);
        assertThat(drift.summary())
            .isEqualTo("public.orders: column note added (text), check dear dropped");
      });
    }
  }

  @Test
  void validate_ddlHiddenInAFunction_isSeen() throws Exception {
    try (var shop = WatchFixture.of(newDatabase(), SHOP)) {
      shop.execute("CREATE FUNCTION hidden() RETURNS void LANGUAGE sql AS "
          + "'ALTER TABLE customer ALTER nick DROP DEFAULT'");
      shop.execute("SELECT hidden()");
      shop.execute("ALTER TYPE mood ADD VALUE 'ugly'");
      shop.database().validate();
      assertThat(summaries(shop.heard()))
          .containsExactly(
              "public.customer: column nick default 'x' -> none, type public.mood changed");
    }
  }

  @Test
  void polling_createdElsewhere_isHeard() throws Exception {
    try (var shop = WatchFixture.polling(newDatabase(), SHOP)) {
      shop.executeElsewhere("CREATE TABLE extra (a int)");
      assertThat(shop.awaitDrift().summary()).isEqualTo("public.extra: table created");
    }
  }

  @Test
  void validate_truncatedElsewhere_replacesTheTableAndTheViewOverIt() throws Exception {
    try (var shop = WatchFixture.of(newDatabase(), SHOP)) {
      shop.executeElsewhere("TRUNCATE orders, event_2025");
      shop.database().validate();
      assertThat(summaries(shop.heard()))
          .containsExactly(
              "public.event: table replaced or truncated",
              "public.event_2025: table replaced or truncated",
              "public.orders: table replaced or truncated",
              "public.totals: table replaced or truncated");
      assertThat(shop.database().hash(ORDERS)).isPresent();
    }
  }

  @Test
  void settle_droppedAndCreatedByUs_isReplacedAndOurs() throws Exception {
    try (var shop = WatchFixture.of(newDatabase(), "CREATE TABLE t (a int)")) {
      shop.executeReported("DROP TABLE t; CREATE TABLE t (a int)", "t");
      assertThat(shop.heard()).singleElement().satisfies(drift -> {
        assertThat(drift.changes()).containsExactly(new StructureChange.TableReplaced());
        assertThat(drift.origin()).isEqualTo(SchemaDrift.Origin.OWN_CONNECTION);
        assertThat(drift.statementKind()).isEqualTo("DROP");
        assertThat(drift.before()).isEqualTo(drift.after());
      });
    }
  }

  @Test
  void settle_cascade_findsWhatTheTextDidNotName() throws Exception {
    try (var shop = WatchFixture.of(newDatabase(), SHOP)) {
      shop.executeReported("DROP TABLE customer CASCADE", "customer");
      assertThat(summaries(shop.heard()))
          .containsExactly(
              "public.customer: table dropped", "public.orders: foreign key by_whom dropped");
    }
  }

  @Test
  void suspect_openChange_doubtsTheTableAndItsDependentsUntilSettled() throws Exception {
    try (var shop = WatchFixture.of(newDatabase(), SHOP)) {
      Suspects suspects = WatchFixture.suspects("ORDERS");
      shop.database().suspect(suspects);
      shop.execute("ALTER TABLE orders ADD COLUMN note text");
      assertThat(shop.database().validate()).isTrue();

      assertThat(shop.database().key(ORDERS, "")).isEmpty();
      assertThat(shop.database().key(TOTALS, "")).isEmpty();
      assertThat(shop.database().key(EVENT, "")).isPresent();
      assertThat(shop.heard()).isEmpty();

      shop.database().settle(suspects, "ALTER");
      assertThat(shop.database().key(ORDERS, "")).isPresent();
      assertThat(shop.heard())
          .singleElement()
          .satisfies(
              drift -> assertThat(drift.origin()).isEqualTo(SchemaDrift.Origin.OWN_CONNECTION));
    }
  }

  @Test
  void validate_ordinaryWork_readsNoTable() throws Exception {
    try (var shop = WatchFixture.of(newDatabase(), SHOP)) {
      shop.executeElsewhere("INSERT INTO event VALUES ('2025-03-01', 'x')");
      shop.executeElsewhere("VACUUM ANALYZE event");
      assertThat(shop.database().validate()).isTrue();
      assertThat(shop.heard()).isEmpty();
    }
  }
}
