package io.holdfast.schema;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What is taken from URLs, and what never is. */
class JdbcTargetTest {

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      nullValues = "-",
      value = {
        "jdbc:postgresql://Db.Example:6432/shop?user=ann|POSTGRESQL|db.example|6432|shop|ann",
        "jdbc:postgresql://db/shop|POSTGRESQL|db|5432|shop|''",
        "jdbc:postgresql:shop|POSTGRESQL|localhost|5432|shop|''",
        "jdbc:postgresql://[::1]:5433/shop|POSTGRESQL|[::1]|5433|shop|''",
        "jdbc:postgresql://a:1,b:2/shop|POSTGRESQL|a:1,b:2|5432|shop|''",
        "jdbc:mariadb://db:3307/shop|MARIADB|db|3307|shop|''",
        "jdbc:sqlserver://db:1433;databaseName=shop;user=ann|SQLSERVER|db|1433|shop|ann",
        "jdbc:sqlite:shop.db|SQLITE|''|0|shop.db|''",
        "jdbc:h2:mem:shop|H2|''|0|mem:shop|''",
        "jdbc:unheard:of|GENERIC|''|0|of|''",
      })
  void parse_usualUrls_findsTheirParts(
      String url, Dialect dialect, String host, int port, String database, String user) {
    assertThat(JdbcTarget.parse(url))
        .isEqualTo(new JdbcTarget(dialect, host, port, database, user));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "jdbc:postgresql://db/shop?user=ann&password=hush",
        "jdbc:postgresql://ann:hush@db/shop",
        "jdbc:mariadb://db/shop?password=hush&user=ann",
        "jdbc:sqlserver://db;databaseName=shop;password=hush",
        "jdbc:oracle:thin:ann/hush@//db:1521/shop",
        "jdbc:oracle:thin:ann/hush@db:1521:shop",
        "jdbc:h2:file:./shop;USER=ann;PASSWORD=hush",
        "jdbc:other:ann/hush@db",
      })
  void parse_urlWithPassword_leavesItOut(String url) {
    assertThat(JdbcTarget.parse(url).toString()).doesNotContain("hush");
  }
}
