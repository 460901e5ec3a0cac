package io.holdfast.jdbc.ddl;

import io.holdfast.jdbc.ddl.DdlMetrics.Truth;
import io.holdfast.schema.Dialect;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;

/**
 * The statements in {@code src/test/resources/ddl}, written by the grammars: one a line, in the order
 * in which they run; a line that begins with four spaces continues the one before, {@code #} begins a
 * comment.
 */
final class OwnStatements {

  private static final Set<String> STEERING =
      Set.of("ATTACH", "DETACH", "COMMIT", "END", "ROLLBACK");

  private OwnStatements() {}

  static List<String> of(Dialect dialect) {
    String resource = "/ddl/" + dialect.name().toLowerCase(Locale.ROOT) + ".sql";
    try (InputStream in = OwnStatements.class.getResourceAsStream(resource)) {
      String text =
          new String(Objects.requireNonNull(in, resource).readAllBytes(), StandardCharsets.UTF_8);
      var statements = new ArrayList<String>();
      for (String line : text.lines().toList()) {
        if (line.startsWith("    ")) {
          int last = statements.size() - 1;
          statements.set(last, statements.get(last) + "\n" + line);
        } else if (!line.startsWith("#") && !line.isBlank()) {
          statements.add(line);
        }
      }
      return statements;
    } catch (IOException e) {
      throw new UncheckedIOException("reading " + resource, e);
    }
  }

  /** Runs all of them on the server, and judges each text that ran by what it did there. */
  static DdlMetrics judge(Dialect dialect, Connection connection, CatalogWitness witness)
      throws SQLException {
    var labeller = new StatementLabeller(connection, witness);
    Map<String, Truth> truths = new LinkedHashMap<>();
    for (String sql : of(dialect)) {
      StatementLabeller.Label label = labeller.run(sql);
      // What a transaction's end or another attached file brings and takes is not the text's doing.
      boolean steers = STEERING.contains(sql.split(" ", 2)[0]);
      if ((label.error() == null || label.changes()) && !steers) {
        truths.merge(sql, new Truth(label.changes(), label.wide()), Truth::or);
      }
    }
    var metrics = new DdlMetrics();
    DdlRecognizer recognizer = DdlRecognizer.forDialect(dialect);
    truths.forEach(
        (sql, truth) -> metrics.add(sql, truth, recognizer.recognise(sql).answer()));
    return metrics;
  }
}
