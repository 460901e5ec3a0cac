package com.acme.modules;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;

/** Knows nothing of the wrapper driver but its URL; says which module served it. */
public final class ModulePathProgram {

  private ModulePathProgram() {}

  /**
   * Runs DDL and a query.
   *
   * @throws SQLException if the driver was not found
   */
  public static void main(String[] arguments) throws SQLException {
    try (Connection connection = DriverManager.getConnection("jdbc:holdfast(poll=0):h2:mem:named");
        Statement statement = connection.createStatement()) {
      statement.execute("create table a (id int)");
      try (ResultSet rows = statement.executeQuery("select count(*) from a")) {
        rows.next();
        System.out.println(connection.getClass().getModule().getName() + " " + rows.getInt(1));
      }
    }
  }
}
