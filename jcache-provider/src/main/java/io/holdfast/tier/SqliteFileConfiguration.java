package io.holdfast.tier;

import io.holdfast.store.Coherence;
import io.holdfast.store.StoreSettings;
import java.nio.file.Path;
import java.time.Duration;
import org.ehcache.spi.service.ServiceCreationConfiguration;

/**
 * Names the file of a cache manager; pass it with {@code CacheManagerBuilder.using}. All caches of the
 * manager with a {@link SqliteResource} pool live in this one file, a table each.
 *
 * <p>The manager opens the file in {@code init}, makes it if it is not there, and lets go of it in
 * {@code close}. If it cannot be opened, {@code init} throws {@code StateTransitionException}, caused by
 * a {@link io.holdfast.store.StoreException} that names the file, and the file is as it was.
 *
 * @param settings where the file is and what an acknowledged write survives
 * @param housekeepingInterval how often expired rows are swept and buffered expiry times are written;
 *     at least 10 ms
 * @param coherence how heap tiers follow what other processes write
 */
public record SqliteFileConfiguration(
    StoreSettings settings, Duration housekeepingInterval, Coherence coherence)
    implements ServiceCreationConfiguration<SqliteFileService, SqliteFileConfiguration> {

  /** One second. */
  public static final Duration DEFAULT_HOUSEKEEPING_INTERVAL = Duration.ofSeconds(1);

  public SqliteFileConfiguration {
    if (housekeepingInterval.compareTo(Duration.ofMillis(10)) < 0) {
      throw new IllegalArgumentException(
          "housekeepingInterval must be at least 10 ms: " + housekeepingInterval);
    }
  }

  /** Polling for what others write. */
  public SqliteFileConfiguration(StoreSettings settings, Duration housekeepingInterval) {
    this(settings, housekeepingInterval, Coherence.POLL);
  }

  /** Housekeeping each second, polling for what others write. */
  public SqliteFileConfiguration(StoreSettings settings) {
    this(settings, DEFAULT_HOUSEKEEPING_INTERVAL);
  }

  /**
   * Normal durability, a reader per processor, housekeeping each second. Does not touch the disk.
   *
   * @param file where the file is or shall be; its directory must exist
   */
  public static SqliteFileConfiguration of(Path file) {
    return new SqliteFileConfiguration(StoreSettings.of(file));
  }

  @Override
  public Class<SqliteFileService> getServiceType() {
    return SqliteFileService.class;
  }

  @Override
  public SqliteFileConfiguration derive() {
    return this;
  }

  @Override
  public SqliteFileConfiguration build(SqliteFileConfiguration configuration) {
    return configuration;
  }
}
