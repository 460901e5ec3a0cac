package io.holdfast.jdbc;

import io.holdfast.schema.DatabaseIdentity;
import io.holdfast.schema.Dialect;
import io.holdfast.schema.DriftStatistics;
import io.holdfast.schema.SchemaDriftListener;
import io.holdfast.schema.SchemaKey;
import io.holdfast.schema.SqlName;
import io.holdfast.schema.StructureHash;
import io.holdfast.schema.Suspects;
import io.holdfast.schema.TableName;
import io.holdfast.schema.TableStructure;
import io.holdfast.schema.WatchedDatabase;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Writes into a log what the wrapper driver reports, in one line each. */
final class RecordingDatabase implements WatchedDatabase {

  private final List<String> log;
  private final Map<Event, Integer> counts = new EnumMap<>(Event.class);
  private final Map<TableName, TableStructure> structures;

  RecordingDatabase(List<String> log, Map<TableName, TableStructure> structures) {
    this.log = log;
    this.structures = structures;
  }

  int counted(Event event) {
    return counts.getOrDefault(event, 0);
  }

  @Override
  public void suspect(Suspects suspects) {
    log.add("suspect " + text(suspects));
  }

  @Override
  public void settle(Suspects suspects, @Nullable String statementKind) {
    log.add("settle " + text(suspects) + " " + statementKind);
  }

  private static String text(Suspects suspects) {
    return suspects.everything()
        ? "everything"
        : suspects.names().stream()
            .map(SqlName::toString)
            .sorted()
            .collect(Collectors.joining("+"));
  }

  @Override
  public boolean mayHideDdl(String sql) {
    return sql.contains("hidden");
  }

  @Override
  public void probeBlindSpot() {
    log.add("probe");
  }

  @Override
  public void count(Event event) {
    counts.merge(event, 1, Integer::sum);
  }

  @Override
  public boolean awaitReady(long timeoutMillis) {
    log.add("await");
    return true;
  }

  @Override
  public DatabaseIdentity identity() {
    return new DatabaseIdentity(Dialect.GENERIC, "", 0, "recorded", "", "", "");
  }

  @Override
  public Map<TableName, TableStructure> structures() {
    return structures;
  }

  @Override
  public Optional<TableStructure> structure(TableName table) {
    return Optional.ofNullable(structures.get(table));
  }

  @Override
  public Optional<StructureHash> hash(TableName table) {
    return Optional.empty();
  }

  @Override
  public Optional<SchemaKey> verifiedKey(TableName table, String discriminator) {
    log.add("verify " + table.name());
    return key(table, discriminator);
  }

  @Override
  public Optional<SchemaKey> key(TableName table, String discriminator) {
    return Optional.of(
        new SchemaKey("recorded", table.schema(), table.name(), "f1:0", discriminator));
  }

  @Override
  public boolean validate() {
    return true;
  }

  @Override
  public boolean refresh() {
    return true;
  }

  @Override
  public void addListener(SchemaDriftListener listener) {}

  @Override
  public void removeListener(SchemaDriftListener listener) {}

  @Override
  public DriftStatistics statistics() {
    throw new IllegalStateException("the wrapper driver does not ask for statistics");
  }
}
