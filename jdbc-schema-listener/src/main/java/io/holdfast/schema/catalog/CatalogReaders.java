package io.holdfast.schema.catalog;

import io.holdfast.schema.DatabaseIdentity;
import java.nio.file.Path;

/** Chooses the reader of a database. */
public final class CatalogReaders {

  private CatalogReaders() {}

  /** The engine's own reader, or the generic one over {@link java.sql.DatabaseMetaData}. */
  public static CatalogReader forDatabase(DatabaseIdentity identity) {
    return switch (identity.dialect()) {
      case POSTGRESQL -> new PostgresCatalog();
      case SQLITE -> new SqliteCatalog(Path.of(identity.database()));
      case H2 -> new H2Catalog();
      case MARIADB -> new MariaDbCatalog();
      case MYSQL, ORACLE, SQLSERVER, GENERIC -> new MetadataCatalog();
    };
  }
}
