package io.holdfast.frameworks.sql;

import java.util.Properties;
import org.jooq.SQLDialect;

/** On H2, whose DDL commits. */
class H2SqlFrameworksTest extends SqlFrameworksSpec {

  @Override
  String newTarget() {
    return "h2:mem:" + unique("shop");
  }

  @Override
  Properties login() {
    return new Properties();
  }

  @Override
  SQLDialect dialect() {
    return SQLDialect.H2;
  }

  @Override
  boolean isDdlTransactional() {
    return false;
  }
}
