package io.holdfast.tier;

import org.ehcache.spi.persistence.PersistableResourceService.PersistenceSpaceIdentifier;

/**
 * A cache's place in the file. Ehcache hands it from the service to the tier provider.
 *
 * @param isPersistent false if the rows go when the cache is closed
 */
record SqliteSpace(String alias, boolean isPersistent)
    implements PersistenceSpaceIdentifier<SqliteFileService> {

  @Override
  public Class<SqliteFileService> getServiceType() {
    return SqliteFileService.class;
  }
}
