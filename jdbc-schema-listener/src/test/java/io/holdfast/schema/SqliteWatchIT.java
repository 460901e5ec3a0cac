package io.holdfast.schema;

import static io.holdfast.schema.WatchFixture.summaries;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.sql.Connection;
import java.sql.DriverManager;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** SQLite files under watch. */
class SqliteWatchIT {

  private static final TableName ORDERS = new TableName("main", "orders");
  private static final TableName CUSTOMER = new TableName("main", "customer");
  private static final String CREATE_CUSTOMER = "CREATE TABLE customer (id INTEGER PRIMARY KEY, "
      + "email TEXT NOT NULL COLLATE NOCASE UNIQUE, born TEXT DEFAULT 'x', "
      + "CONSTRAINT has_at CHECK (email LIKE '%@%'))";
  private static final String CREATE_ORDERS = "CREATE TABLE orders (shop INT, nr INT, customer INT "
      + "REFERENCES customer (id) ON DELETE CASCADE DEFERRABLE INITIALLY DEFERRED, "
      + "net DECIMAL(10,2) NOT NULL DEFAULT -1.5 CHECK (net > -2), "
      + "gross GENERATED ALWAYS AS (net * 1.2) STORED, "
      + "PRIMARY KEY (shop, nr)) WITHOUT ROWID";

  @TempDir
  Path directory;

  private String url() {
    return "jdbc:sqlite:" + directory.resolve("shop.db");
  }

  private WatchFixture shop() throws Exception {
    return WatchFixture.of(
        url(),
        CREATE_CUSTOMER,
        CREATE_ORDERS,
        "CREATE INDEX big ON orders (net DESC) WHERE net > 100",
        "CREATE INDEX lower_mail ON customer (lower(email))",
        "CREATE VIEW totals AS SELECT customer, sum(net) AS total FROM orders GROUP BY customer",
        "CREATE TRIGGER stamp AFTER INSERT ON orders BEGIN SELECT 1; END");
  }

  @Test
  void structure_richSchema_isReadWhole() throws Exception {
    try (var shop = shop()) {
      TableStructure orders = shop.database().structure(ORDERS).orElseThrow();

      assertThat(orders.options()).containsExactly("without rowid");
      assertThat(orders.columns())
          .extracting(TableStructure.Column::name)
          .containsExactly("shop", "nr", "customer", "net", "gross");
      assertThat(orders.columns().get(3).type()).isEqualTo("decimal(10, 2)");
      assertThat(orders.columns().get(3).nullable()).isFalse();
      assertThat(orders.columns().get(3).defaultExpression()).isEqualTo("- 1.5");
      assertThat(orders.columns().get(4).generation()).isEqualTo("stored ( net * 1.2 )");
      assertThat(orders.primaryKey().columns()).containsExactly("shop", "nr");
      assertThat(orders.foreignKeys()).singleElement().satisfies(key -> {
        assertThat(key.columns()).containsExactly("customer");
        assertThat(key.references()).isEqualTo(CUSTOMER);
        assertThat(key.referencedColumns()).containsExactly("id");
        assertThat(key.detail()).contains("on delete cascade", "initially deferred");
      });
      assertThat(orders.checks())
          .extracting(TableStructure.Check::expression)
          .containsExactly("( net > - 2 )");
      assertThat(orders.indexes())
          .containsExactly(new TableStructure.Index("big", false, "( net desc ) where net > 100"));
      assertThat(orders.extras()).extracting(TableStructure.Extra::kind).containsExactly("trigger");

      TableStructure customer = shop.database().structure(CUSTOMER).orElseThrow();
      assertThat(customer.columns().get(1).collation()).isEqualTo("nocase");
      assertThat(customer.uniques())
          .singleElement()
          .satisfies(unique -> assertThat(unique.columns()).containsExactly("email"));
      assertThat(customer.checks())
          .containsExactly(new TableStructure.Check("has_at", "( email like '%@%' )"));
      assertThat(customer.indexes().get(0).definition()).isEqualTo("( lower ( email ) )");

      TableStructure totals =
          shop.database().structure(new TableName("main", "totals")).orElseThrow();
      assertThat(totals.kind()).isEqualTo(TableStructure.Kind.VIEW);
      assertThat(totals.definition()).contains("sum ( net ) as total");
      assertThat(totals.columns())
          .extracting(TableStructure.Column::name)
          .containsExactly("customer", "total");
    }
  }

  @Test
  void hash_otherSpellingOfTheSameStructure_isTheSame() throws Exception {
    try (var shop = shop();
        var copy = WatchFixture.of(
            "jdbc:sqlite:" + directory.resolve("copy.db"),
            "create table [customer] (\n \"id\" integer primary key, -- the key\n"
                + "email text not null collate nocase unique, born text default 'x')"
                    .replace("'x')", "'x', constraint has_at check (`email` like '%@%'))"),
            "CREATE INDEX lower_mail ON customer(lower(email))")) {
      assertThat(copy.database().hash(CUSTOMER)).isEqualTo(shop.database().hash(CUSTOMER));
    }
  }

  @Test
  void validate_alteredElsewhere_driftsThatTableOnly() throws Exception {
    try (var shop = shop()) {
      StructureHash before = shop.database().hash(ORDERS).orElseThrow();
      shop.executeElsewhere("ALTER TABLE orders ADD COLUMN note TEXT");

      assertThat(shop.database().validate()).isTrue();

      assertThat(shop.heard()).singleElement().satisfies(drift -> {
        assertThat(drift.table()).isEqualTo(ORDERS);
        assertThat(drift.origin()).isEqualTo(SchemaDrift.Origin.OTHER_SESSION);
        assertThat(drift.before()).isEqualTo(before);
        assertThat(drift.changes())
            .containsExactly(new StructureChange.ColumnAdded("note", "text"));
      });
      assertThat(shop.database().hash(ORDERS)).isPresent().isNotEqualTo(before);
    }
  }

  @Test
  void polling_alteredElsewhere_isHeard() throws Exception {
    try (var shop = WatchFixture.polling(url(), CREATE_CUSTOMER)) {
      shop.executeElsewhere("CREATE UNIQUE INDEX born ON customer (born)");
      assertThat(shop.awaitDrift().summary()).isEqualTo("main.customer: index born added");
    }
  }

  @Test
  void validate_droppedAndCreatedAgainElsewhere_isReplaced() throws Exception {
    try (var shop = WatchFixture.of(url(), CREATE_CUSTOMER, CREATE_ORDERS)) {
      shop.executeElsewhere("DROP TABLE orders");
      shop.executeElsewhere(CREATE_ORDERS);
      shop.database().validate();
      assertThat(summaries(shop.heard()))
          .containsExactly("main.orders: table replaced or truncated");
    }
  }

  @Test
  void settle_droppedAndCreatedInOneTransaction_isReplacedWithTheViewOverIt() throws Exception {
    try (var shop = shop()) {
      shop.database().suspect(Suspects.ALL);
      assertThat(shop.database().key(CUSTOMER, "")).isEmpty();
      shop.session().setAutoCommit(false);
      shop.execute("DROP TABLE orders");
      shop.execute(CREATE_ORDERS);
      shop.execute("CREATE INDEX big ON orders (net DESC) WHERE net > 100");
      shop.execute("CREATE TRIGGER stamp AFTER INSERT ON orders BEGIN SELECT 1; END");
      shop.session().commit();
      shop.database().settle(Suspects.ALL, "DROP");

      assertThat(shop.heard())
          .allMatch(drift -> drift.origin() == SchemaDrift.Origin.OWN_CONNECTION)
          .extracting(SchemaDrift::summary)
          .contains(
              "main.orders: table replaced or truncated",
              "main.totals: table replaced or truncated");
      assertThat(shop.database().key(CUSTOMER, "")).isPresent();
    }
  }

  @Test
  void validate_fileReplacedByACopy_replacesAllTables() throws Exception {
    try (var shop = WatchFixture.of(url(), CREATE_CUSTOMER, CREATE_ORDERS)) {
      Path file = directory.resolve("shop.db");
      Path copy = Files.copy(file, directory.resolve("restored.db"));
      Files.move(copy, file, StandardCopyOption.REPLACE_EXISTING);
      shop.database().validate();
      assertThat(summaries(shop.heard()))
          .containsExactly(
              "main.customer: table replaced or truncated",
              "main.orders: table replaced or truncated");
    }
  }

  @Test
  void validate_fileGone_doubtsEverythingAndCreatesNoFile() throws Exception {
    try (var shop = WatchFixture.of(url(), CREATE_CUSTOMER)) {
      Files.delete(directory.resolve("shop.db"));
      assertThat(shop.database().validate()).isFalse();
      assertThat(shop.database().key(CUSTOMER, "")).isEmpty();
      assertThat(directory.resolve("shop.db")).doesNotExist();
    }
  }

  @Test
  void lease_privateInMemoryDatabase_isRefusedAsUnwatchable() throws Exception {
    try (Connection memory = DriverManager.getConnection("jdbc:sqlite::memory:")) {
      assertThatThrownBy(() -> SchemaWatch.lease(
              "jdbc:sqlite::memory:", "", memory, () -> memory, WatchSettings.DEFAULT))
          .isInstanceOf(UnwatchableDatabaseException.class);
      assertThat(SchemaWatch.databases()).isEmpty();
    }
  }
}
