package io.holdfast.schema;

import io.holdfast.schema.catalog.ObservedTable;
import io.holdfast.schema.catalog.Reading;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The structures of one reading with all that is derived from them, computed once so that a look-up is
 * one map access. Immutable.
 */
final class Known {

  /** One table, ready to be asked about. */
  record Entry(
      ObservedTable observed,
      StructureHash hash,
      StructureHash triggers,
      SchemaKey plainKey,
      Optional<TableStructure> structure,
      Optional<StructureHash> optionalHash,
      Optional<SchemaKey> optionalPlainKey) {

    boolean looksLike(Entry other) {
      return hash.equals(other.hash) && triggers.equals(other.triggers);
    }

    Optional<SchemaKey> key(String discriminator) {
      return discriminator.isEmpty()
          ? optionalPlainKey
          : Optional.of(plainKey.withDiscriminator(discriminator));
    }
  }

  static final Known NOTHING = new Known(Reading.NONE, Map.of(), null);

  final Reading reading;
  final Map<TableName, Entry> entries;
  final NameIndex names;
  final @Nullable StructureHash fingerprint;

  private Known(
      Reading reading, Map<TableName, Entry> entries, @Nullable StructureHash fingerprint) {
    this.reading = reading;
    this.entries = entries;
    this.names = new NameIndex(reading.tables());
    this.fingerprint = fingerprint;
  }

  /** The same after a look that found nothing changed. */
  private Known(Known same, Reading reading) {
    this.reading = reading;
    this.entries = same.entries;
    this.names = same.names;
    this.fingerprint = same.fingerprint;
  }

  /** The same with another reading; tables that are equal keep their entries. */
  Known with(Reading next, DatabaseIdentity identity, String databaseId) {
    if (fingerprint != null && next.tables() == reading.tables()) {
      return new Known(this, next);
    }
    var fresh = new HashMap<TableName, Entry>();
    var hashes = new HashMap<TableName, StructureHash>();
    next.tables().forEach((table, observed) -> {
      Entry old = entries.get(table);
      Entry entry = old != null && old.observed().equals(observed)
          ? old
          : entry(table, observed, identity, databaseId);
      fresh.put(table, entry);
      hashes.put(table, entry.hash());
    });
    return new Known(next, Map.copyOf(fresh), CanonicalForm.hashAll(hashes));
  }

  private static Entry entry(
      TableName table, ObservedTable observed, DatabaseIdentity identity, String databaseId) {
    StructureHash hash = CanonicalForm.hash(identity.dialect(), observed.structure());
    var key = new SchemaKey(databaseId, table.schema(), table.name(), hash.value(), "");
    return new Entry(
        observed,
        hash,
        CanonicalForm.triggers(identity.dialect(), observed.structure()),
        key,
        Optional.of(observed.structure()),
        Optional.of(hash),
        Optional.of(key));
  }
}
