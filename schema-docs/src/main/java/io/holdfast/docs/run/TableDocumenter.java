package io.holdfast.docs.run;

import io.holdfast.docs.describe.DescriptionException;
import io.holdfast.docs.describe.DescriptionWriter;
import io.holdfast.docs.describe.DescriptionWriter.Description;
import io.holdfast.docs.profile.ProfileSettings;
import io.holdfast.docs.profile.TableProfile;
import io.holdfast.docs.render.TableBody;
import io.holdfast.response.Answer;
import io.holdfast.response.ResponseCache;
import io.holdfast.response.ResponseKey;
import io.holdfast.schema.SchemaKey;
import io.holdfast.schema.TableName;
import io.holdfast.schema.TableStructure;
import io.holdfast.schema.WatchedDatabase;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Optional;

/**
 * Documents single tables of one database through the cache. Safe from any thread if the writer and the
 * rows are.
 *
 * <p>While a table is being made its structure may change: it is compared afterwards, and what was made
 * of a structure that is no more is thrown away and made anew.
 */
public final class TableDocumenter {
  private static final int ATTEMPTS = 3;

  private final WatchedDatabase database;
  private final ResponseCache<TableDocument> cache;
  private final DescriptionWriter writer;
  private final ProfileSettings settings;
  private final Rows rows;
  private final String tenant;

  /**
   * Over this database and cache, which stay the caller's.
   *
   * @param tenant whose documents they are: those of different tenants never meet; empty for nobody's
   */
  public TableDocumenter(
      WatchedDatabase database,
      ResponseCache<TableDocument> cache,
      DescriptionWriter writer,
      ProfileSettings settings,
      Rows rows,
      String tenant) {
    this.database = database;
    this.cache = cache;
    this.writer = writer;
    this.settings = settings;
    this.rows = rows;
    this.tenant = tenant;
  }

  /** Looks at a table's rows. */
  @FunctionalInterface
  public interface Rows {

    /** As {@link io.holdfast.docs.profile.TableProfiler#profile}. */
    TableProfile profile(TableName table) throws SQLException;
  }

  /**
   * A document, what it was made of, and how it came about.
   *
   * @param key of the structure; empty if the table is in doubt, and the document was made from what was
   *     last known of it and is not kept
   */
  public record Documented(
      TableStructure structure, Optional<SchemaKey> key, Answer<TableDocument> answer) {}

  /**
   * The document of this table as it is known to be now, from the cache or made anew. Blocks for the rows
   * and the writer, under no lock.
   *
   * @throws DescriptionException if there is none to be had; the message is the end of a sentence that
   *     begins with the table
   */
  public Documented document(TableName table) throws DescriptionException {
    for (int attempt = 1; ; attempt++) {
      try {
        Optional<TableStructure> structure = database.structure(table);
        Optional<SchemaKey> key = structure.flatMap(this::key);
        if (structure.isPresent() && key.isPresent()) {
          Answer<TableDocument> answer =
              cache.answer(responseKey(key.get()), () -> makeUnmoved(structure.get(), key.get()));
          return new Documented(structure.get(), key, answer);
        }
        return inDoubt(table);
      } catch (StructureMovedException e) {
        if (attempt == ATTEMPTS) {
          throw new DescriptionException("its structure changes faster than it can be read.", e);
        }
      }
    }
  }

  /** The key of this table's document, empty if the table is in doubt. No I/O but for the cache. */
  public Optional<ResponseKey> responseKey(TableStructure structure) {
    return key(structure).map(this::responseKey);
  }

  /** Made from the last known structure, but neither served nor kept. */
  private Documented inDoubt(TableName table) throws DescriptionException {
    TableStructure lastKnown = database.structures().get(table);
    if (lastKnown == null) {
      throw new DescriptionException("it is gone, or its structure is not known now.");
    }
    Answer<TableDocument> answer =
        cache.answer(ResponseKey.notCacheable("table in doubt"), () -> make(lastKnown));
    return new Documented(lastKnown, Optional.empty(), answer);
  }

  private Optional<SchemaKey> key(TableStructure structure) {
    return database.key(structure.name(), discriminator(structure));
  }

  private ResponseKey responseKey(SchemaKey key) {
    return tenant.isEmpty()
        ? ResponseKey.of(key)
        : ResponseKey.builder(key).tenant(tenant).build();
  }

  private String discriminator(TableStructure table) {
    return "docs/" + TableBody.VERSION + ";" + writer.fingerprint() + ";" + settings.fingerprint()
        + ";" + Comments.fingerprint(table);
  }

  private TableDocument makeUnmoved(TableStructure structure, SchemaKey key)
      throws DescriptionException {
    TableDocument document = make(structure);
    database.validate();
    if (!database.key(structure.name(), key.discriminator()).equals(Optional.of(key))) {
      throw new StructureMovedException();
    }
    return document;
  }

  private TableDocument make(TableStructure structure) throws DescriptionException {
    Instant at = Instant.now();
    TableProfile profile;
    try {
      profile = rows.profile(structure.name());
    } catch (SQLException e) {
      throw new DescriptionException("it cannot be read (SQL state " + e.getSQLState() + ").", e);
    }
    Description description = writer.describe(structure, profile);
    return new TableDocument(
        description.summary(),
        profile.rowCount(),
        profile.rowCountExact(),
        TableBody.render(structure, profile, description.prose(), writer.byline(), at),
        description.usage());
  }

  /** The structure is not the one that the document was made for. */
  private static final class StructureMovedException extends RuntimeException {
    private static final long serialVersionUID = 1L;
  }
}
