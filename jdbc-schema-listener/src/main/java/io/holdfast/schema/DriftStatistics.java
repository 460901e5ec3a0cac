package io.holdfast.schema;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Counters of one watched database since it is watched, and its state now.
 *
 * @param tablesWatched tables and views known
 * @param ready whether a first full reading has succeeded
 * @param drifts tables that drifted, all origins
 * @param outsideDrifts of these, changed by other sessions
 * @param ddlCertain statements recognised as DDL
 * @param ddlMaybe statements that might have been DDL
 * @param ddlRolledBack DDL statements forgotten because of a rollback
 * @param blindSpots connections unwrapped to the driver's own type, and the like
 * @param probes cheap version probes done
 * @param readings catalog readings done, whole or by table
 * @param readingFailures readings that failed
 * @param listenerFailures listeners that threw
 * @param inDoubt tables whose structure is not known for certain now
 * @param lastReadingMillis duration of the last full reading
 * @param lastValidatedAtMillis Unix milliseconds of the last probe or reading, 0 if none
 * @param schemaFingerprint hash over all tables, or null before the first reading
 * @param recent the last drifts, newest first, at most 32
 * @param state how closely it is watched
 */
public record DriftStatistics(
    int tablesWatched,
    boolean ready,
    long drifts,
    long outsideDrifts,
    long ddlCertain,
    long ddlMaybe,
    long ddlRolledBack,
    long blindSpots,
    long probes,
    long readings,
    long readingFailures,
    long listenerFailures,
    int inDoubt,
    long lastReadingMillis,
    long lastValidatedAtMillis,
    @Nullable StructureHash schemaFingerprint,
    List<SchemaDrift> recent,
    WatchState state) {

  public DriftStatistics {
    recent = List.copyOf(recent);
  }
}
