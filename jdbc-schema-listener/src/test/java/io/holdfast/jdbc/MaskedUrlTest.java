package io.holdfast.jdbc;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** No password leaves in a message, whichever driver's syntax it is written in. */
class MaskedUrlTest {

  @ParameterizedTest
  @CsvSource(
      delimiter = ' ',
      value = {
        "jdbc:postgresql://u:s3cret@h/db jdbc:postgresql://***@h/db",
        "jdbc:postgresql://u:p@s3cret/x@h/db?a=b jdbc:postgresql://***@h/db?a=b",
        "jdbc:postgresql://h/db?user=u&password=s3cret&ssl=on jdbc:postgresql://h/db?user=u&password=***&ssl=on",
        "jdbc:h2:mem:x;USER=sa;PASSWORD=s3cret;MODE=Oracle jdbc:h2:mem:x;USER=sa;PASSWORD=***;MODE=Oracle",
        "jdbc:sqlserver://h:1433;password={s3cret;x};encrypt=true jdbc:sqlserver://h:1433;password=***;encrypt=true",
        "jdbc:oracle:thin:scott/s3cret@//h:1521/x jdbc:oracle:thin:***@//h:1521/x",
        "jdbc:mariadb://h/db?trustStorePassword=s3cret jdbc:mariadb://h/db?trustStorePassword=***"
      })
  void of_urlWithPassword_hidesIt(String url, String masked) {
    assertThat(MaskedUrl.of(url)).isEqualTo(masked).doesNotContain("s3cret");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "jdbc:postgresql://h:5432/db?ApplicationName=a@b",
        "jdbc:sqlite:/tmp/my@file.db",
        "jdbc:h2:mem:x;DB_CLOSE_DELAY=-1"
      })
  void of_urlWithoutPassword_isUnchanged(String url) {
    assertThat(MaskedUrl.of(url)).isEqualTo(url);
  }
}
