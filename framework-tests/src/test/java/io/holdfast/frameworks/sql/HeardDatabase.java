package io.holdfast.frameworks.sql;

import static org.assertj.core.api.Assertions.assertThat;

import io.holdfast.jdbc.HoldfastConnection;
import io.holdfast.jdbc.HoldfastDataSource;
import io.holdfast.schema.SchemaDrift;
import io.holdfast.schema.SchemaWatch;
import io.holdfast.schema.WatchedDatabase;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.Locale;
import java.util.Properties;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Collectors;

/** A database behind the wrapper driver, without polling: what a framework does is heard, or it escapes. */
final class HeardDatabase implements AutoCloseable {

  private final String url;
  private final Properties login;
  private final HoldfastDataSource source;
  private final Connection keeper;
  private final WatchedDatabase database;
  private final List<SchemaDrift> drifts = new CopyOnWriteArrayList<>();

  HeardDatabase(String target, Properties login) throws Exception {
    this.url = "jdbc:holdfast(poll=0):" + target;
    this.login = login;
    this.source = HoldfastDataSource.ofUrl(url, login);
    this.keeper = source.getConnection();
    this.database = keeper.unwrap(HoldfastConnection.class).database().orElseThrow();
    assertThat(database.awaitReady(30_000)).isTrue();
    database.addListener(drifts::add);
  }

  HoldfastDataSource source() {
    return source;
  }

  String url() {
    return url;
  }

  Properties login() {
    return login;
  }

  /** The tables that drifted so far, in lower case. */
  Set<String> drifted() {
    return drifts.stream()
        .map(drift -> drift.table().name().toLowerCase(Locale.ROOT))
        .collect(Collectors.toSet());
  }

  void forgetDrifts() {
    drifts.clear();
  }

  /** What we know is what the catalog says, all of it heard. */
  void assertNothingEscaped() {
    assertThat(database.statistics().inDoubt()).as("tables in doubt").isZero();
    List<SchemaDrift> heard = List.copyOf(drifts);
    assertThat(database.refresh()).isTrue();
    assertThat(drifts).as("drifts that a full reading adds").isEqualTo(heard);
    assertThat(heard)
        .allSatisfy(
            drift -> assertThat(drift.origin()).isEqualTo(SchemaDrift.Origin.OWN_CONNECTION));
  }

  @Override
  public void close() throws SQLException {
    try {
      keeper.close();
    } finally {
      SchemaWatch.shutdown();
    }
  }
}
