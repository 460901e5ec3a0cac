package io.holdfast.schema;

import static io.holdfast.schema.WatchFixture.summaries;
import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** A real MariaDB under watch. In a profile: its binaries are 350 MB. */
class MariaDbWatchIT {

  private static final String[] SHOP = {
    "CREATE TABLE customer (id INT AUTO_INCREMENT PRIMARY KEY, mail VARCHAR(80) NOT NULL UNIQUE, "
        + "mood ENUM('good', 'bad') DEFAULT 'good', CHECK (mail <> '')) COMMENT 'who buys'",
    "CREATE TABLE orders (shop INT, nr INT, customer INT, net DECIMAL(10, 2) NOT NULL, "
        + "gross DECIMAL(12, 2) AS (net * 1.2) STORED, PRIMARY KEY (shop, nr), "
        + "FOREIGN KEY (customer) REFERENCES customer (id) ON DELETE CASCADE)",
    "CREATE INDEX big ON orders (net)",
    "CREATE VIEW totals AS SELECT customer, sum(net) AS total FROM orders GROUP BY customer"
  };

  private static MariaDbServer server;

  @BeforeAll
  static void start() throws Exception {
    server = MariaDbServer.start();
  }

  @AfterAll
  static void stop() throws Exception {
    server.stop();
  }

  private static String newDatabase() throws Exception {
    return server.newDatabase();
  }

  private static TableName table(WatchFixture shop, String name) {
    return new TableName(shop.database().identity().database(), name);
  }

  @Test
  void structure_richSchema_isReadWhole() throws Exception {
    try (var shop = WatchFixture.of(newDatabase(), SHOP)) {
      TableStructure orders = shop.database().structure(table(shop, "orders")).orElseThrow();
      assertThat(orders.primaryKey().columns()).containsExactly("shop", "nr");
      assertThat(orders.columns().get(3).type()).isEqualTo("decimal(10,2)");
      assertThat(orders.columns().get(4).generation()).contains("stored generated", "1.2");
      assertThat(orders.foreignKeys()).singleElement().satisfies(key -> {
        assertThat(key.name()).isEqualTo("(customer) -> customer");
        assertThat(key.detail()).contains("on delete CASCADE");
      });
      assertThat(orders.indexes()).extracting(TableStructure.Index::name).contains("big");
      TableStructure customer = shop.database().structure(table(shop, "customer")).orElseThrow();
      assertThat(customer.comment()).isEqualTo("who buys");
      assertThat(customer.columns().get(0).generation()).isEqualTo("auto_increment");
      assertThat(customer.columns().get(2).type()).isEqualTo("enum('good','bad')");
      assertThat(customer.checks()).hasSize(1);
      assertThat(shop.database().structure(table(shop, "totals")).orElseThrow().kind())
          .isEqualTo(TableStructure.Kind.VIEW);
    }
  }

  @Test
  void hash_sameDdlInTwoDatabases_isTheSame() throws Exception {
    try (var one = WatchFixture.of(newDatabase(), SHOP);
        var two = WatchFixture.of(newDatabase(), SHOP)) {
      for (String name : new String[] {"customer", "orders", "totals"}) {
        assertThat(two.database().hash(table(two, name)))
            .as(name)
            .isPresent()
            .isEqualTo(one.database().hash(table(one, name)));
      }
    }
  }

  @Test
  void validate_alteredElsewhere_driftsThatTable() throws Exception {
    try (var shop = WatchFixture.of(newDatabase(), SHOP)) {
      shop.executeElsewhere("ALTER TABLE orders ADD COLUMN note TEXT");
      shop.database().validate();
      assertThat(summaries(shop.heard()))
          .anyMatch(summary -> summary.endsWith(".orders: column note added (text)"));
    }
  }

  @Test
  void polling_createdElsewhere_isHeard() throws Exception {
    try (var shop = WatchFixture.polling(newDatabase(), SHOP)) {
      shop.executeElsewhere("CREATE TABLE extra (a INT)");
      assertThat(shop.awaitDrift().summary()).endsWith(".extra: table created");
    }
  }

  @Test
  void settle_truncatedByUs_isReplacedWithTheViewOverIt() throws Exception {
    try (var shop = WatchFixture.of(newDatabase(), SHOP)) {
      shop.executeReported("TRUNCATE TABLE orders", "orders");
      assertThat(summaries(shop.heard()))
          .hasSize(2)
          .allMatch(summary -> summary.endsWith("table replaced or truncated"));
    }
  }
}
