package io.holdfast.tier;

import org.ehcache.core.spi.service.ServiceFactory;
import org.ehcache.spi.service.ServiceCreationConfiguration;
import org.jspecify.annotations.Nullable;

/** Makes the service where a {@link SqliteFileConfiguration} asks for it. */
@ServiceFactory.RequiresConfiguration
public final class SqliteFileServiceFactory implements ServiceFactory<SqliteFileService> {

  @Override
  public SqliteFileService create(
      @Nullable ServiceCreationConfiguration<SqliteFileService, ?> configuration) {
    if (configuration instanceof SqliteFileConfiguration file) {
      return new SqliteFileService(file);
    }
    throw new IllegalArgumentException(
        "A cache in an SQLite file needs to know the file: using(SqliteFileConfiguration.of(path))");
  }

  @Override
  public Class<? extends SqliteFileService> getServiceType() {
    return SqliteFileService.class;
  }
}
