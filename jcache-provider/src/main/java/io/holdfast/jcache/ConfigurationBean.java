package io.holdfast.jcache;

import java.util.function.Supplier;
import javax.cache.configuration.CompleteConfiguration;
import javax.cache.management.CacheMXBean;

/** What the standard configuration MBean shows: the configuration as it is now. */
record ConfigurationBean(Supplier<? extends CompleteConfiguration<?, ?>> configuration)
    implements CacheMXBean {

  private CompleteConfiguration<?, ?> complete() {
    return configuration.get();
  }

  @Override
  public String getKeyType() {
    return complete().getKeyType().getName();
  }

  @Override
  public String getValueType() {
    return complete().getValueType().getName();
  }

  @Override
  public boolean isReadThrough() {
    return complete().isReadThrough();
  }

  @Override
  public boolean isWriteThrough() {
    return complete().isWriteThrough();
  }

  @Override
  public boolean isStoreByValue() {
    return complete().isStoreByValue();
  }

  @Override
  public boolean isStatisticsEnabled() {
    return complete().isStatisticsEnabled();
  }

  @Override
  public boolean isManagementEnabled() {
    return complete().isManagementEnabled();
  }
}
