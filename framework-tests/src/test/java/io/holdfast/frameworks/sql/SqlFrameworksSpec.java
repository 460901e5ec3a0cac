package io.holdfast.frameworks.sql;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.acme.orders.second.Purchase;
import io.holdfast.jdbc.HoldfastConnection;
import java.sql.Connection;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Properties;
import java.util.function.Function;
import org.flywaydb.core.Flyway;
import org.flywaydb.core.api.MigrationInfo;
import org.hibernate.Session;
import org.hibernate.SessionFactory;
import org.hibernate.cfg.Configuration;
import org.jooq.DSLContext;
import org.jooq.Field;
import org.jooq.Record;
import org.jooq.Result;
import org.jooq.SQLDialect;
import org.jooq.Table;
import org.jooq.impl.DSL;
import org.jooq.impl.SQLDataType;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.dao.DuplicateKeyException;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.core.namedparam.NamedParameterJdbcTemplate;
import org.springframework.jdbc.datasource.DataSourceTransactionManager;
import org.springframework.jdbc.datasource.DataSourceUtils;
import org.springframework.jdbc.datasource.DriverManagerDataSource;
import org.springframework.jdbc.datasource.SingleConnectionDataSource;
import org.springframework.jdbc.support.GeneratedKeyHolder;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * What others wrote, through the wrapper driver: it works as it does without, and the structure that it
 * changes is heard. After each case a full reading of the catalog finds nothing more.
 */
abstract class SqlFrameworksSpec {

  private HeardDatabase database;

  /** The URL, without {@code jdbc:}, of a database that nobody has used. */
  abstract String newTarget() throws Exception;

  abstract Properties login();

  abstract SQLDialect dialect();

  abstract boolean isDdlTransactional();

  @BeforeEach
  void open() throws Exception {
    database = new HeardDatabase(newTarget(), login());
  }

  @AfterEach
  void nothingEscaped() throws Exception {
    try (HeardDatabase last = database) {
      last.assertNothingEscaped();
    }
  }

  @Test
  void hibernate_updatesTheSchemaAndStoresEntities() {
    long id;
    try (SessionFactory first = hibernate("update", com.acme.orders.first.Customer.class)) {
      assertThat(database.drifted()).contains("customer");
      id = inTransaction(first, session -> {
        var ada = new com.acme.orders.first.Customer("Ada");
        session.persist(ada);
        session.flush();
        ada.rename("Ada Lovelace");
        return ada.id();
      });
    }
    database.forgetDrifts();
    try (SessionFactory second =
        hibernate("update", com.acme.orders.second.Customer.class, Purchase.class)) {
      assertThat(database.drifted()).contains("customer", "purchase");
      inTransaction(second, session -> {
        var ada = session.find(com.acme.orders.second.Customer.class, id);
        assertThat(ada.name()).isEqualTo("Ada Lovelace");
        ada.setEmail("ada@example.org");
        ada.buys("engine");
        ada.buys("notes");
        return null;
      });
      List<String> articles = inTransaction(
          second,
          session -> session
              .createQuery("select p.article from Purchase p order by p.article", String.class)
              .list());
      assertThat(articles).containsExactly("engine", "notes");
    }
    database.forgetDrifts();
    try (SessionFactory third =
        hibernate("validate", com.acme.orders.second.Customer.class, Purchase.class)) {
      assertThat(third.isOpen()).isTrue();
    }
    assertThat(database.drifted()).as("by validating").isEmpty();
  }

  @Test
  void hibernate_createDrop_leavesNothing() {
    try (SessionFactory factory = hibernate("create-drop", com.acme.orders.first.Customer.class)) {
      assertThat(factory.isOpen()).isTrue();
      assertThat(database.drifted()).contains("customer");
      database.forgetDrifts();
    }
    assertThat(database.drifted()).contains("customer");
  }

  private SessionFactory hibernate(String schemaAction, Class<?>... entities) {
    var configuration = new Configuration();
    configuration.getProperties().put("hibernate.connection.datasource", database.source());
    configuration.setProperty("hibernate.hbm2ddl.auto", schemaAction);
    configuration.setProperty("hibernate.jdbc.batch_size", "10");
    // The properties file on the class path is for the tests of the second-level cache.
    configuration.setProperty("hibernate.cache.use_second_level_cache", "false");
    configuration.setProperty("hibernate.cache.use_query_cache", "false");
    configuration.setProperty("hibernate.cache.region.factory_class", "none");
    for (Class<?> entity : entities) {
      configuration.addAnnotatedClass(entity);
    }
    return configuration.buildSessionFactory();
  }

  private static <T> T inTransaction(SessionFactory factory, Function<Session, T> work) {
    return factory.fromTransaction(work);
  }

  @Test
  void flyway_migrates() {
    Flyway flyway = Flyway.configure()
        .dataSource(database.source())
        .locations("classpath:com/acme/migrations")
        .target("1")
        .load();
    flyway.migrate();
    assertThat(database.drifted()).contains("customer", "flyway_schema_history");
    database.forgetDrifts();
    Flyway further = Flyway.configure()
        .configuration(flyway.getConfiguration())
        .target("latest")
        .load();
    assertThat(further.migrate().migrationsExecuted).isEqualTo(2);
    assertThat(database.drifted()).contains("customer", "purchase", "buyer");
    assertThat(further.info().applied())
        .extracting(MigrationInfo::getDescription)
        .containsExactly("customers", "orders", "views");
    further.validate();
    assertThat(new JdbcTemplate(database.source())
            .queryForList("select name from customer order by id", String.class))
        .containsExactly("Ada", "a ; in a text");
  }

  @Test
  void jooq_readsMetaDataAndSpeaksItsDialect() {
    DSLContext context = DSL.using(database.source(), dialect());
    Table<Record> book = DSL.table(DSL.name("book"));
    Field<Integer> id = DSL.field(DSL.name("id"), SQLDataType.INTEGER);
    Field<String> title = DSL.field(DSL.name("title"), SQLDataType.VARCHAR(40));
    context
        .createTable(book)
        .column(id, SQLDataType.INTEGER.identity(true))
        .column(title)
        .primaryKey(id)
        .execute();
    assertThat(database.drifted()).containsExactly("book");

    Result<?> inserted = context
        .insertInto(book, title)
        .values("Notes")
        .values("Engines")
        .returning(id, title)
        .fetch();
    assertThat(inserted).hasSize(2);
    assertThat(inserted.getValues(title)).containsExactly("Notes", "Engines");
    assertThat(context
            .batch(
                context.update(book).set(title, "Sketch").where(id.eq(1)),
                context.deleteFrom(book).where(id.eq(2)))
            .execute())
        .containsExactly(1, 1);
    assertThat(context.meta().getTables("book")).singleElement().satisfies(table -> {
      assertThat(table.fields()).extracting(Field::getName).containsExactly("id", "title");
      assertThat(table.getPrimaryKey()).isNotNull();
    });
    assertThat(context.fetchCount(book)).isEqualTo(1);
  }

  @Test
  void jooq_transactionRolledBack_takesItsDdlAlong() {
    DSLContext context = DSL.using(database.source(), dialect());
    assertThatThrownBy(() -> context.transaction(trx -> {
          trx.dsl().createTable("draft").column("id", SQLDataType.INTEGER).execute();
          trx.dsl()
              .transaction(nested -> nested
                  .dsl()
                  .createTable("nested")
                  .column("id", SQLDataType.INTEGER)
                  .execute());
          throw new IllegalStateException("enough");
        }))
        .isInstanceOf(RuntimeException.class);
    if (isDdlTransactional()) {
      assertThat(database.drifted()).isEmpty();
    } else {
      assertThat(database.drifted()).contains("draft");
    }
  }

  @Test
  void spring_templates_findKeysAndTranslateErrors() {
    var jdbc = new JdbcTemplate(database.source());
    jdbc.execute("create table item (id integer generated by default as identity primary key,"
        + " name varchar(20))");
    assertThat(database.drifted()).containsExactly("item");
    var named = new NamedParameterJdbcTemplate(jdbc);
    var keys = new GeneratedKeyHolder();
    named.update(
        "insert into item (name) values (:name)",
        new org.springframework.jdbc.core.namedparam.MapSqlParameterSource("name", "x"),
        keys,
        new String[] {isDdlTransactional() ? "id" : "ID"});
    int key = keys.getKey().intValue();
    assertThat(jdbc.batchUpdate(
            "insert into item (name) values (?)", List.of(new Object[] {"y"}, new Object[] {"z"})))
        .containsExactly(1, 1);
    assertThat(named.queryForObject(
            "select name from item where id = :id", Map.of("id", key), String.class))
        .isEqualTo("x");
    assertThatThrownBy(() -> jdbc.update("insert into item (id) values (?)", key))
        .isInstanceOf(DuplicateKeyException.class);
    assertThat(jdbc.queryForStream("select name from item", (row, number) -> row.getString(1))
            .count())
        .isEqualTo(3);
  }

  @Test
  void spring_transaction_publishesWhatItCommits() {
    var manager = new DataSourceTransactionManager(database.source());
    var jdbc = new JdbcTemplate(database.source());
    var transaction = new TransactionTemplate(manager);
    transaction.executeWithoutResult(status -> {
      Connection bound = DataSourceUtils.getConnection(database.source());
      assertThat(jdbc.<Boolean>execute(
              (Connection used) -> bound.isWrapperFor(HoldfastConnection.class)))
          .isTrue();
      jdbc.execute("create table draft (id integer)");
      Object savepoint = status.createSavepoint();
      jdbc.execute("create table nested (id integer)");
      if (isDdlTransactional()) {
        status.rollbackToSavepoint(savepoint);
      }
      DataSourceUtils.releaseConnection(bound, database.source());
    });
    assertThat(database.drifted()).contains("draft");
    assertThat(database.drifted().contains("nested")).isEqualTo(!isDdlTransactional());
    database.forgetDrifts();
    transaction.executeWithoutResult(status -> {
      jdbc.execute("create table undone (id integer)");
      status.setRollbackOnly();
    });
    assertThat(database.drifted().contains("undone")).isEqualTo(!isDdlTransactional());
  }

  @Test
  void spring_sourcesOverTheUrl_listen() throws Exception {
    var perCall = new DriverManagerDataSource(database.url(), database.login());
    perCall.setDriverClassName("io.holdfast.jdbc.HoldfastDriver");
    new JdbcTemplate(perCall).execute("create table b (id integer)");
    assertThat(database.drifted()).containsExactly("b");
    try (Connection one = perCall.getConnection()) {
      var single = new SingleConnectionDataSource(one, /* suppressClose= */ true);
      new JdbcTemplate(single).execute("alter table b add column name varchar(9)");
      assertThat(single.getConnection().unwrap(HoldfastConnection.class)).isSameAs(one);
      database.forgetDrifts();
      new TransactionTemplate(new DataSourceTransactionManager(single))
          .executeWithoutResult(status -> new JdbcTemplate(single).execute("drop table b"));
      assertThat(database.drifted()).containsExactly("b");
    }
  }

  static String unique(String name) {
    return (name + Long.toString(System.nanoTime(), Character.MAX_RADIX)).toLowerCase(Locale.ROOT);
  }
}
