package io.holdfast.jmx;

import io.holdfast.schema.DatabaseIdentity;
import io.holdfast.schema.WatchedDatabase;
import io.holdfast.schema.spi.DatabaseMonitor;
import java.lang.management.ManagementFactory;
import java.time.InstantSource;
import java.util.Locale;
import javax.management.MBeanServer;

/** Registers a bean for each watched database. Found by {@code ServiceLoader}. */
public final class DatabaseBeans implements DatabaseMonitor {

  private final Registry<WatchedDatabase> databases;
  private final InstantSource clock;
  private final Permissions permissions;

  /** In the platform MBean server. */
  public DatabaseBeans() {
    this(
        ManagementFactory.getPlatformMBeanServer(),
        InstantSource.system(),
        Permissions.ofSystemProperties());
  }

  DatabaseBeans(MBeanServer server, InstantSource clock, Permissions permissions) {
    this.databases = new Registry<>(server, "SchemaDrift");
    this.clock = clock;
    this.permissions = permissions;
  }

  @Override
  public void databaseWatched(WatchedDatabase database) {
    databases.open(
        database,
        name(database.identity()),
        watched -> new SchemaDriftBean(watched, clock, permissions));
  }

  @Override
  public void databaseReleased(WatchedDatabase database) {
    databases.close(database);
  }

  /** The database's name, of a file its last part; the rest of the identity is an attribute. */
  private static String name(DatabaseIdentity identity) {
    String database = identity.database();
    String last =
        database.substring(Math.max(database.lastIndexOf('/'), database.lastIndexOf('\\')) + 1);
    return last.isBlank() ? identity.dialect().name().toLowerCase(Locale.ROOT) : last;
  }
}
