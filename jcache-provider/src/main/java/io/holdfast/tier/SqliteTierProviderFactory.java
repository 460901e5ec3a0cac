package io.holdfast.tier;

import org.ehcache.core.spi.service.ServiceFactory;
import org.ehcache.spi.service.ServiceCreationConfiguration;
import org.jspecify.annotations.Nullable;

/** Makes the tier provider. Its rank stays the default: a higher one would hide Ehcache's own tiers. */
public final class SqliteTierProviderFactory implements ServiceFactory<SqliteTierProvider> {

  @Override
  public SqliteTierProvider create(
      @Nullable ServiceCreationConfiguration<SqliteTierProvider, ?> configuration) {
    return new SqliteTierProvider();
  }

  @Override
  public Class<? extends SqliteTierProvider> getServiceType() {
    return SqliteTierProvider.class;
  }
}
