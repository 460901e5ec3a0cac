package io.holdfast.tck.cdi;

import javax.cache.annotation.BeanProvider;
import org.jboss.weld.environment.se.Weld;
import org.jboss.weld.environment.se.WeldContainer;

/** Beans of CDI, intercepted by the reference implementation's extension; Weld ends with the JVM. */
public final class CdiBeanProvider implements BeanProvider {
  // One flat archive: the suite's beans are to see the interceptors that another jar enables.
  private final WeldContainer container =
      new Weld().property(Weld.ARCHIVE_ISOLATION_SYSTEM_PROPERTY, false).initialize();

  @Override
  public <T> T getBeanByType(Class<T> type) {
    return container.select(type).get();
  }
}
