package io.holdfast.docs.run;

import io.holdfast.docs.describe.DescriptionException;
import io.holdfast.docs.describe.DescriptionWriter;
import io.holdfast.docs.profile.ProfileSettings;
import io.holdfast.docs.profile.TableProfiler;
import io.holdfast.docs.render.IndexPage;
import io.holdfast.docs.render.IndexPage.IndexLine;
import io.holdfast.docs.render.PageDirectory;
import io.holdfast.docs.render.PageNames;
import io.holdfast.docs.render.TablePage;
import io.holdfast.docs.run.RunReport.Outcome;
import io.holdfast.docs.run.RunReport.TableRun;
import io.holdfast.jdbc.HoldfastConnection;
import io.holdfast.response.Answer;
import io.holdfast.response.ResponseCache;
import io.holdfast.schema.TableName;
import io.holdfast.schema.TableStructure;
import io.holdfast.schema.WatchedDatabase;
import java.io.IOException;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/**
 * Documents every table of one database once. Confined to one thread, which waits for the server and
 * the writer.
 *
 * <p>Before the first table the server is asked whether anything changed, so that changes by other
 * sessions up to then are seen.
 */
public final class DocumentationRun {
  private static final long READY_MILLIS = 120_000;
  private static final int VALID_SECONDS = 5;

  private final Connection connection;
  private final WatchedDatabase database;
  private final ResponseCache<TableDocument> cache;
  private final TableDocumenter documenter;
  private final Progress progress;

  /**
   * A run over this connection and cache, which stay the caller's.
   *
   * @param connection through the driver {@code jdbc:holdfast:}
   * @throws RunException if the database behind it cannot be watched
   */
  public DocumentationRun(
      Connection connection,
      ResponseCache<TableDocument> cache,
      DescriptionWriter writer,
      ProfileSettings settings,
      Progress progress)
      throws RunException, SQLException {
    this.connection = connection;
    this.database = watched(connection);
    this.cache = cache;
    this.documenter = new TableDocumenter(
        database,
        cache,
        writer,
        settings,
        table ->
            new TableProfiler(connection, database.identity().dialect(), settings).profile(table),
        /* tenant= */ "");
    this.progress = progress;
  }

  private static WatchedDatabase watched(Connection connection) throws RunException, SQLException {
    return connection
        .unwrap(HoldfastConnection.class)
        .database()
        .orElseThrow(() -> new RunException(
            "This database cannot be watched: no second connection can look into it."));
  }

  /**
   * Documents all tables and writes the pages.
   *
   * @param title what to call the database on the index page
   * @throws RunException if the catalog cannot be read
   * @throws IOException if a page cannot be written; those before it are there
   */
  public RunReport run(String title, PageDirectory pages)
      throws RunException, IOException, InterruptedException {
    long start = System.nanoTime();
    if (!database.awaitReady(READY_MILLIS)) {
      throw new RunException("The catalog of the database could not be read.");
    }
    if (!database.validate()) {
      progress.warn("The database did not answer whether its structure has changed; nothing is"
          + " served from the cache or kept in it until it does.");
    }
    cache.watch(database);
    List<TableStructure> tables = tables();
    var documents = new LinkedHashMap<TableName, TableDocument>();
    var runs = new ArrayList<TableRun>();
    progress.begin(tables.size());
    try {
      for (TableStructure table : tables) {
        progress.next(table.name().toString());
        long began = System.nanoTime();
        Outcome outcome = document(table.name(), documents);
        runs.add(new TableRun(table.name().toString(), outcome, System.nanoTime() - began));
        progress.done(table.name().toString(), outcome);
      }
    } finally {
      progress.end();
    }
    // Read again: a table may have changed or gone while the others were made.
    write(title, tables(), documents, pages);
    return new RunReport(runs, TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - start));
  }

  private List<TableStructure> tables() {
    return database.structures().values().stream()
        .filter(table -> table.kind() != TableStructure.Kind.SEQUENCE)
        .sorted(Comparator.comparing(TableStructure::name))
        .toList();
  }

  private Outcome document(TableName table, Map<TableName, TableDocument> documents)
      throws RunException {
    try {
      Answer<TableDocument> answer = documenter.document(table).answer();
      documents.put(table, answer.value());
      return answer.isComputed() ? Outcome.GENERATED : Outcome.SERVED;
    } catch (DescriptionException e) {
      requireConnection();
      progress.warn(table + ": " + e.getMessage());
      return Outcome.FAILED;
    }
  }

  /** One table that cannot be read is no reason to stop; a lost connection is. */
  private void requireConnection() throws RunException {
    try {
      if (connection.isValid(VALID_SECONDS)) {
        return;
      }
    } catch (SQLException e) {
      throw new RunException("The connection to the database is lost.", e);
    }
    throw new RunException("The connection to the database is lost.");
  }

  private static void write(
      String title,
      List<TableStructure> tables,
      Map<TableName, TableDocument> documents,
      PageDirectory pages)
      throws IOException {
    var names = new PageNames(tables.stream().map(TableStructure::name).toList());
    var lines = new LinkedHashMap<TableName, IndexLine>();
    for (TableStructure table : tables) {
      TableDocument document = documents.get(table.name());
      String file = names.get(table.name());
      if (document == null) {
        pages.keep(file);
        continue;
      }
      lines.put(
          table.name(),
          new IndexLine(document.rowCount(), document.rowCountExact(), document.summary()));
      pages.write(file, TablePage.render(table, document.markdown(), tables, names));
    }
    pages.write(IndexPage.FILE, IndexPage.render(title, tables, lines, names));
    pages.removeOthers();
  }
}
