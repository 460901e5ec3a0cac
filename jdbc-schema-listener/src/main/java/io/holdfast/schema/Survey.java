package io.holdfast.schema;

import io.holdfast.schema.catalog.CatalogReader;
import io.holdfast.schema.catalog.ObservedTable;
import io.holdfast.schema.catalog.Reading;
import io.holdfast.schema.catalog.SchemaFilter;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.SQLTransientException;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Takes consistent readings of a catalog that may change meanwhile: a reading counts only if the
 * catalog's token, its digest, or the stamps of the tables, are the same before and after it. Reads no
 * more tables than differ from what is known, and leaves out those that somebody holds locked. Used by
 * one thread.
 */
final class Survey {

  private static final int ATTEMPTS = 8;

  private final CatalogReader reader;
  private final SchemaFilter filter;
  private final ChangeLog log;
  // The digest and the log that belong to one reading; any other reading has none.
  private Reading digested = Reading.NONE;
  private Optional<String> digest = Optional.empty();
  private Optional<String> logged = Optional.empty();

  /**
   * A reading and how it came about.
   *
   * @param unreadable tables that are there but locked; they are as they were before, or left out
   * @param tablesRead of how many tables the structure was read, counting repetitions
   * @param trueAtNanos {@link System#nanoTime()} from before the question whose answer confirmed it
   */
  record Result(Reading reading, Set<TableName> unreadable, int tablesRead, long trueAtNanos) {}

  /** Of a server whose own log is not looked at. */
  Survey(CatalogReader reader, SchemaFilter filter) {
    this(reader, filter, new ChangeLog(Dialect.GENERIC, WatchSettings.DEFAULT));
  }

  Survey(CatalogReader reader, SchemaFilter filter, ChangeLog log) {
    this.reader = reader;
    this.filter = filter;
    this.log = log;
  }

  /**
   * The known reading, if the engine's token, log or digest shows that it still holds.
   *
   * @param strictly whether not to rely on the log, to which some changes are unknown
   */
  @SuppressWarnings("ReferenceEquality") // the very reading that was digested
  Optional<Result> ifUnchanged(Connection connection, Reading known, boolean strictly)
      throws SQLException {
    long askedNanos = System.nanoTime();
    if (known.token().isEmpty()) {
      return Optional.empty();
    }
    boolean audit = log.isAuditDue(askedNanos);
    boolean logCounts = !audit && !strictly;
    Optional<String> token = reader.token(connection);
    if (token.equals(known.token()) && !audit) {
      return Optional.of(new Result(known, Set.of(), 0, askedNanos));
    }
    if (digested != known || digest.isEmpty()) {
      return Optional.empty();
    }
    Optional<String> nowLogged = log.read(connection);
    boolean nothingLogged = nowLogged.isPresent() && nowLogged.equals(logged);
    if (!nothingLogged || !logCounts) {
      log.audited(connection, askedNanos);
      if (!digest.equals(reader.digest(connection))) {
        return Optional.empty();
      }
    }
    // The token is older than the log and the digest,
    // so it vouches for no more than they have shown.
    digested = new Reading(token, known.stamps(), known.tables());
    logged = nowLogged;
    return Optional.of(new Result(digested, Set.of(), 0, askedNanos));
  }

  /**
   * A reading of everything, which shares with {@code known} what did not change.
   *
   * @param anew tables to read whatever their stamps say
   * @throws SQLException if the server fails, or the catalog did not hold still in all attempts
   */
  Result take(Connection connection, Reading known, Set<TableName> anew) throws SQLException {
    Reading current = known;
    Set<TableName> insist = anew;
    int tablesRead = 0;
    log.look(connection);
    for (int attempt = 0; attempt < ATTEMPTS; attempt++) {
      Optional<String> token = reader.token(connection);
      Optional<String> nowLogged = log.read(connection);
      Optional<String> before = reader.digest(connection);
      Optional<Map<TableName, String>> stamps = reader.stamps(connection, filter);
      if (stamps.isEmpty()) {
        return takeWithoutStamps(connection, known, token);
      }
      var part = new Part(current, stamps.get(), insist);
      tablesRead += part.read(connection);
      long askedNanos = System.nanoTime();
      if (holdsStill(connection, token, before, stamps.get())) {
        logged = nowLogged;
        return part.result(token, before, tablesRead, askedNanos);
      }
      current = new Reading(token, part.stamps, part.tables);
      insist = Set.of();
    }
    throw new SQLTransientException("the catalog changed during each of " + ATTEMPTS + " readings");
  }

  private boolean holdsStill(
      Connection connection,
      Optional<String> token,
      Optional<String> before,
      Map<TableName, String> stamps)
      throws SQLException {
    if (token.isPresent() && token.equals(reader.token(connection))) {
      return true;
    }
    return before.isPresent()
        ? before.equals(reader.digest(connection))
        : stamps.equals(reader.stamps(connection, filter).orElse(null));
  }

  /** One attempt: what is known, and what has to be read because it differs. */
  private final class Part {

    private final Map<TableName, String> stamps;
    private final Map<TableName, ObservedTable> tables = new HashMap<>();
    private final Set<TableName> wanted = new HashSet<>();
    private final Set<TableName> unreadable = new HashSet<>();
    private final Reading current;

    Part(Reading current, Map<TableName, String> now, Set<TableName> insist) {
      this.current = current;
      this.stamps = new HashMap<>(now);
      var changed = new HashSet<>(current.tables().keySet());
      changed.removeAll(now.keySet());
      now.forEach((name, stamp) -> {
        boolean known = current.tables().containsKey(name);
        if (known && !stamp.equals(current.stamps().get(name))) {
          changed.add(name);
        }
        if (!known || insist.contains(name)) {
          wanted.add(name);
        }
      });
      wanted.addAll(changed);
      current.tables().forEach((name, table) -> {
        // A name in a foreign key or a view's body follows
        // a renaming that leaves no other trace there.
        if (mentionsAny(table, changed)) {
          wanted.add(name);
        }
        if (!wanted.contains(name)) {
          tables.put(name, table);
        }
      });
      wanted.retainAll(now.keySet());
    }

    /** Reads what is wanted and not locked; returns how many that were. */
    int read(Connection connection) throws SQLException {
      SQLException locked = null;
      for (int attempt = 0; attempt < ATTEMPTS; attempt++) {
        if (wanted.isEmpty()) {
          return 0;
        }
        leaveOut(reader.locked(connection), locked);
        if (wanted.isEmpty()) {
          return 0;
        }
        try {
          tables.putAll(reader.read(connection, filter, Set.copyOf(wanted)));
          return wanted.size();
        } catch (SQLException e) {
          if (!reader.isLockTimeout(e)) {
            throw e;
          }
          // Locked since we asked; or something else is, and then asking again changes nothing.
          locked = e;
        }
      }
      throw new SQLTransientException("tables were locked during each of the attempts", locked);
    }

    private void leaveOut(Set<TableName> locked, @Nullable SQLException reason)
        throws SQLException {
      int before = wanted.size();
      for (TableName name : locked) {
        if (wanted.remove(name)) {
          unreadable.add(name);
          ObservedTable old = current.tables().get(name);
          String stamp = current.stamps().get(name);
          if (old != null) {
            tables.put(name, old);
          }
          if (old != null && stamp != null) {
            stamps.put(name, stamp);
          } else {
            stamps.remove(name);
          }
        }
      }
      if (reason != null && wanted.size() == before) {
        throw reason;
      }
    }

    Result result(
        Optional<String> token, Optional<String> before, int tablesRead, long askedNanos) {
      // Without a token the next look has to come back for what is missing.
      boolean whole = unreadable.isEmpty();
      var reading = new Reading(whole ? token : Optional.empty(), stamps, tables);
      digested = reading;
      digest = whole ? before : Optional.empty();
      return new Result(reading, Set.copyOf(unreadable), tablesRead, askedNanos);
    }
  }

  private static boolean mentionsAny(ObservedTable table, Set<TableName> changed) {
    return !changed.isEmpty()
        && (table.reads().stream().anyMatch(changed::contains)
            || table.structure().foreignKeys().stream()
                .anyMatch(key -> changed.contains(key.references())));
  }

  /** Two readings in a row that agree; one, if it agrees with what is known. */
  private Result takeWithoutStamps(Connection connection, Reading known, Optional<String> token)
      throws SQLException {
    Map<TableName, ObservedTable> previous = known.tables();
    int tablesRead = 0;
    for (int attempt = 0; attempt < ATTEMPTS; attempt++) {
      long askedNanos = System.nanoTime();
      Map<TableName, ObservedTable> tables = reader.read(connection, filter, null);
      tablesRead += tables.size();
      if (sameStructures(previous, tables)) {
        return new Result(new Reading(token, Map.of(), tables), Set.of(), tablesRead, askedNanos);
      }
      previous = tables;
    }
    throw new SQLTransientException("the catalog changed during each of " + ATTEMPTS + " readings");
  }

  private static boolean sameStructures(
      Map<TableName, ObservedTable> before, Map<TableName, ObservedTable> after) {
    if (!before.keySet().equals(after.keySet())) {
      return false;
    }
    for (Map.Entry<TableName, ObservedTable> entry : before.entrySet()) {
      ObservedTable other = after.get(entry.getKey());
      if (other == null || !other.structure().equals(entry.getValue().structure())) {
        return false;
      }
    }
    return true;
  }
}
