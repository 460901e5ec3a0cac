package io.holdfast.schema;

import static io.holdfast.schema.WatchFixture.summaries;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.concurrent.FutureTask;
import org.junit.jupiter.api.Test;

/** Named in-memory H2 databases under watch. */
class H2WatchIT {

  private static final TableName ORDERS = new TableName("PUBLIC", "ORDERS");
  private static final TableName CUSTOMER = new TableName("PUBLIC", "CUSTOMER");
  private static final String[] SHOP = {
    "CREATE TABLE customer (id INT GENERATED ALWAYS AS IDENTITY PRIMARY KEY, "
        + "email VARCHAR(80) NOT NULL UNIQUE, mood ENUM('good', 'bad') DEFAULT 'good', "
        + "CHECK (email <> ''))",
    "CREATE TABLE orders (shop INT, nr INT, customer INT REFERENCES customer ON DELETE CASCADE, "
        + "net NUMERIC(10, 2), gross NUMERIC(12, 3) GENERATED ALWAYS AS (net * 1.2), "
        + "PRIMARY KEY (shop, nr))",
    "CREATE INDEX big ON orders (net DESC)",
    "COMMENT ON TABLE orders IS 'what was ordered'",
    "CREATE VIEW totals AS SELECT customer, sum(net) AS total FROM orders GROUP BY customer"
  };

  private static String url(String name) {
    return "jdbc:h2:mem:" + name;
  }

  @Test
  void structure_richSchema_isReadWhole() throws Exception {
    try (var shop = WatchFixture.of(url("rich"), SHOP)) {
      TableStructure orders = shop.database().structure(ORDERS).orElseThrow();
      assertThat(orders.comment()).isEqualTo("what was ordered");
      assertThat(orders.primaryKey().columns()).containsExactly("SHOP", "NR");
      assertThat(orders.primaryKey().name()).isEmpty();
      assertThat(orders.columns().get(3).type()).isEqualTo("NUMERIC(10, 2)");
      assertThat(orders.columns().get(4).generation()).isEqualTo("always \"NET\" * 1.2");
      assertThat(orders.foreignKeys()).singleElement().satisfies(key -> {
        assertThat(key.columns()).containsExactly("CUSTOMER");
        assertThat(key.references()).isEqualTo(CUSTOMER);
        assertThat(key.referencedColumns()).containsExactly("ID");
        assertThat(key.detail()).contains("on delete CASCADE");
      });
      assertThat(orders.indexes()).singleElement().satisfies(index -> {
        assertThat(index.name()).isEqualTo("BIG");
        assertThat(index.definition()).contains("\"NET\" DESC");
      });
      TableStructure customer = shop.database().structure(CUSTOMER).orElseThrow();
      assertThat(customer.columns().get(0).generation()).startsWith("identity always start 1");
      assertThat(customer.columns().get(2).type()).isEqualTo("ENUM('good', 'bad')");
      assertThat(customer.checks())
          .extracting(TableStructure.Check::expression)
          .containsExactly("\"EMAIL\" <> ''");
      assertThat(customer.uniques()).hasSize(1);
      assertThat(shop.database()
              .structure(new TableName("PUBLIC", "TOTALS"))
              .orElseThrow()
              .definition())
          .contains("SUM(\"NET\")");
    }
  }

  @Test
  void hash_sameDdlAfterOtherDdl_isTheSame() throws Exception {
    try (var one = WatchFixture.of(url("one"), SHOP);
        // Another order of creation gives other numbers in the names that the server makes up.
        var two = WatchFixture.of(url("two"), "CREATE TABLE first (a INT UNIQUE CHECK (a > 0))")) {
      for (String sql : SHOP) {
        two.execute(sql);
      }
      assertThat(two.database().refresh()).isTrue();
      assertThat(two.database().hash(ORDERS)).isEqualTo(one.database().hash(ORDERS));
      assertThat(two.database().hash(CUSTOMER)).isEqualTo(one.database().hash(CUSTOMER));
    }
  }

  @Test
  void validate_alteredElsewhere_drifts() throws Exception {
    try (var shop = WatchFixture.of(url("elsewhere"), SHOP)) {
      shop.executeElsewhere("ALTER TABLE customer ALTER COLUMN email SET DATA TYPE VARCHAR(90)");
      assertThat(shop.database().validate()).isTrue();
      assertThat(summaries(shop.heard()))
          .containsExactly("PUBLIC.CUSTOMER: column EMAIL type CHARACTER VARYING(80) -> "
              + "CHARACTER VARYING(90)");
    }
  }

  @Test
  void polling_createdElsewhere_isHeard() throws Exception {
    try (var shop = WatchFixture.polling(url("polling"), SHOP)) {
      shop.executeElsewhere("CREATE TABLE extra (a INT)");
      assertThat(shop.awaitDrift().summary()).isEqualTo("PUBLIC.EXTRA: table created");
    }
  }

  @Test
  void settle_truncatedByUs_isReplacedWithTheViewOverIt() throws Exception {
    try (var shop = WatchFixture.of(url("truncated"), SHOP)) {
      shop.executeReported("TRUNCATE TABLE orders", "orders");
      assertThat(summaries(shop.heard()))
          .containsExactly(
              "PUBLIC.ORDERS: table replaced or truncated",
              "PUBLIC.TOTALS: table replaced or truncated");
    }
  }

  @Test
  void validate_emptiedElsewhere_isReplaced() throws Exception {
    try (var shop = WatchFixture.of(url("emptied"), SHOP)) {
      shop.execute("INSERT INTO orders (shop, nr) VALUES (1, 1)");
      shop.database().validate();
      assertThat(shop.heard()).isEmpty();
      shop.executeElsewhere("TRUNCATE TABLE orders");
      shop.database().validate();
      assertThat(summaries(shop.heard())).contains("PUBLIC.ORDERS: table replaced or truncated");
    }
  }

  /**
   * H2 alters by way of a copy: a second table for a while, which those that refer to the first refer
   * to as well; then no table for a moment; then one whose keys and indexes have the copy's names.
   */
  @Test
  void validate_whileTablesAreAlteredElsewhere_seesNothingBetweenBeforeAndAfter() throws Exception {
    int alterations = 10;
    try (var shop = WatchFixture.of(url("copied"), SHOP)) {
      shop.execute("INSERT INTO orders (shop, nr) SELECT 1, x FROM SYSTEM_RANGE(1, 1000)");
      shop.execute("INSERT INTO customer (email) SELECT x FROM SYSTEM_RANGE(1, 1000)");
      shop.database().validate();
      shop.heard();
      var altering = new FutureTask<Void>(() -> {
        for (int i = 0; i < alterations; i++) {
          shop.execute("ALTER TABLE orders ADD COLUMN extra" + i + " INT");
          shop.execute("ALTER TABLE customer ADD COLUMN extra" + i + " INT");
        }
        return null;
      });
      new Thread(altering, "altering").start();
      while (!altering.isDone()) {
        shop.database().validate();
      }
      altering.get();
      assertThat(shop.database().validate()).isTrue();
      assertThat(shop.heard())
          .isNotEmpty()
          .extracting(SchemaDrift::summary)
          .allSatisfy(summary -> assertThat(summary)
              .matches("PUBLIC\\.(ORDERS|CUSTOMER): (column EXTRA\\d+ added \\(INTEGER\\)(, )?)+"));
      assertThat(shop.database().structure(ORDERS).orElseThrow().columns())
          .hasSize(5 + alterations);
    }
  }

  @Test
  void validate_tablesNamedLikeCopiesOfOthers_areKnown() throws Exception {
    try (var shop = WatchFixture.of(url("lookalikes"), SHOP)) {
      // No such session.
      shop.execute("CREATE TABLE orders_copy_999_1 (a INT)");
      // The session is there, but there is nothing to be a copy of.
      String gone = "GONE_COPY_" + shop.query("SELECT SESSION_ID()") + "_1";
      shop.execute("CREATE TABLE " + gone + " (a INT)");
      assertThat(shop.database().validate()).isTrue();
      assertThat(summaries(shop.heard()))
          .containsExactlyInAnyOrder(
              "PUBLIC.ORDERS_COPY_999_1: table created", "PUBLIC." + gone + ": table created");
    }
  }

  @Test
  void lastConnectionClosed_whileWatched_theDatabaseGoesAsWithoutUs() throws Exception {
    try (var shop = WatchFixture.polling(url("gone"), SHOP)) {
      assertThat(shop.database().validate()).isTrue();
    }
    // A look that was under way may keep it for its moment.
    WatchFixture.until(() -> !hasOrders(url("gone")), "the table is still there");
  }

  private static boolean hasOrders(String url) throws SQLException {
    try (Connection again = DriverManager.getConnection(url);
        ResultSet tables = again.getMetaData().getTables(null, null, "ORDERS", null)) {
      return tables.next();
    }
  }

  @Test
  void lease_unnamedInMemoryDatabase_isRefusedAsUnwatchable() throws Exception {
    try (Connection memory = DriverManager.getConnection("jdbc:h2:mem:")) {
      assertThatThrownBy(() ->
              SchemaWatch.lease("jdbc:h2:mem:", "", memory, () -> memory, WatchSettings.DEFAULT))
          .isInstanceOf(UnwatchableDatabaseException.class);
    }
  }
}
