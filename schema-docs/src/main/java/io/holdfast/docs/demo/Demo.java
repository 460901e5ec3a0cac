package io.holdfast.docs.demo;

import io.holdfast.docs.demo.DemoResult.Step;
import io.holdfast.docs.describe.BuiltInWriter;
import io.holdfast.docs.profile.ProfileSettings;
import io.holdfast.docs.render.PageDirectory;
import io.holdfast.docs.run.DocumentationCache;
import io.holdfast.docs.run.DocumentationRun;
import io.holdfast.docs.run.JmxReading;
import io.holdfast.docs.run.Progress;
import io.holdfast.docs.run.RunException;
import io.holdfast.docs.run.RunReport;
import io.holdfast.schema.SchemaWatch;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/**
 * The main job, four times over: all new, all cached, two tables altered, a new JVM.
 *
 * @param engine where the sample shop lives
 * @param out where the pages and the cache file go
 * @param work where the database and other files go; an existing directory
 * @param progress told of each run
 * @param say told what happens between the runs
 */
public record Demo(
    DemoEngine engine, Path out, Path work, Progress progress, Consumer<String> say) {

  /** The cache file's name in the directory of the pages. */
  public static final String CACHE_FILE = "holdfast-demo.db";

  static final String TITLE = "shop";

  // Neither is read by the view, whose structure would change with them.
  private static final String ALTER_THROUGH_DRIVER =
      "ALTER TABLE reviews ADD COLUMN helpful_votes integer DEFAULT 0 NOT NULL";
  private static final String ALTER_OUTSIDE =
      "ALTER TABLE suppliers ADD COLUMN website varchar(120)";

  /**
   * Runs it. Takes some seconds.
   *
   * @throws RunException if the database does not start or a run cannot go on
   */
  public DemoResult run() throws RunException, SQLException, IOException, InterruptedException {
    var pages = new PageDirectory(out);
    Path cache = out.resolve(CACHE_FILE);
    for (String suffix : List.of("", "-wal", "-shm")) {
      Files.deleteIfExists(out.resolve(CACHE_FILE + suffix));
    }
    say.accept("Starting the sample shop ...");
    try (DemoDatabase database = DemoDatabase.start(engine, work)) {
      say.accept("A shop with 14 tables and a view is ready on " + database.description() + ".");
      var steps = new ArrayList<Step>();
      JmxReading firstJvm;
      try (DocumentationCache documents = DocumentationCache.open(cache);
          Connection connection = database.holdfastConnection()) {
        steps.add(new Step("1 first run", document(connection, documents, pages)));
        steps.add(new Step("2 again", document(connection, documents, pages)));
        alter(connection, ALTER_THROUGH_DRIVER);
        try (Connection outside = database.plainConnection()) {
          alter(outside, ALTER_OUTSIDE);
        }
        say.accept("Altered reviews through the driver, suppliers from a session it does not see.");
        steps.add(new Step("3 two tables altered", document(connection, documents, pages)));
        firstJvm = JmxReading.here();
      } finally {
        // H2 and PostgreSQL end only when the last
        // connection is closed, those of the watch included.
        SchemaWatch.shutdown();
      }
      say.accept("Starting a new JVM ...");
      NewJvm.Findings found = NewJvm.run(database, out, cache, work);
      steps.add(new Step("4 new JVM", found.first().run()));
      return new DemoResult(
          steps, firstJvm, found.first().jmx(), found.generateNanos(), found.serveNanos());
    }
  }

  private RunReport document(
      Connection connection, DocumentationCache documents, PageDirectory pages)
      throws RunException, SQLException, IOException, InterruptedException {
    return new DocumentationRun(
            connection,
            documents.responses(),
            new BuiltInWriter(),
            ProfileSettings.DEFAULT,
            progress)
        .run(TITLE, pages);
  }

  private static void alter(Connection connection, String sql) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }
}
