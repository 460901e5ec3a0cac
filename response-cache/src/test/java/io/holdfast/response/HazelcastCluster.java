package io.holdfast.response;

import com.hazelcast.cache.HazelcastCachingProvider;
import com.hazelcast.cache.HazelcastMemberCachingProvider;
import com.hazelcast.cache.ICache;
import com.hazelcast.config.Config;
import com.hazelcast.config.JoinConfig;
import com.hazelcast.core.DistributedObject;
import com.hazelcast.core.Hazelcast;
import com.hazelcast.core.HazelcastInstance;
import java.util.List;
import java.util.UUID;
import javax.cache.Cache;
import javax.cache.CacheManager;
import javax.cache.configuration.MutableConfiguration;

/** Members of a Hazelcast cluster on the loopback, in this JVM. */
final class HazelcastCluster implements AutoCloseable {

  private final String name = "holdfast-test-" + UUID.randomUUID();
  private final List<Member> members;

  /** A cluster of so many. */
  HazelcastCluster(int size) {
    members =
        java.util.stream.IntStream.range(0, size).mapToObj(i -> new Member()).toList();
  }

  private static final class Shared {
    // Starting one takes seconds; it ends with the JVM.
    static final HazelcastCluster CLUSTER = new HazelcastCluster(2);
  }

  static HazelcastCluster shared() {
    return Shared.CLUSTER;
  }

  Member member(int index) {
    return members.get(index);
  }

  /** Closing a manager leaves the cluster's caches as they are. */
  void destroyCaches() {
    for (DistributedObject each : member(0).instance.getDistributedObjects()) {
      if (each instanceof ICache<?, ?> cache) {
        cache.destroy();
      }
    }
  }

  @Override
  public void close() {
    members.forEach(member -> member.instance.getLifecycleService().terminate());
  }

  private Config config() {
    var config = new Config()
        .setClusterName(name)
        .setProperty("hazelcast.logging.type", "none")
        .setProperty("hazelcast.phone.home.enabled", "false")
        .setProperty("hazelcast.shutdownhook.enabled", "false")
        .setProperty("hazelcast.wait.seconds.before.join", "0")
        .setProperty("hazelcast.initial.min.cluster.size", "1");
    config.getMetricsConfig().setEnabled(false);
    config.getNetworkConfig().setPublicAddress("127.0.0.1");
    config.getNetworkConfig().getInterfaces().setEnabled(true).addInterface("127.0.0.1");
    JoinConfig join = config.getNetworkConfig().getJoin();
    join.getAutoDetectionConfig().setEnabled(false);
    join.getMulticastConfig().setEnabled(false);
    join.getTcpIpConfig().setEnabled(true).addMember("127.0.0.1");
    return config;
  }

  /** One of them. */
  final class Member {
    final HazelcastInstance instance = Hazelcast.newHazelcastInstance(config());

    /** A manager of its own; all see the same caches. */
    CacheManager newManager() {
      return new HazelcastMemberCachingProvider()
          .getCacheManager(
              null, null, HazelcastCachingProvider.propertiesByInstanceItself(instance));
    }

    Cache<String, CachedResponse> cache(CacheManager manager, String cache) {
      Cache<String, CachedResponse> present =
          manager.getCache(cache, String.class, CachedResponse.class);
      return present != null
          ? present
          : manager.createCache(
              cache,
              new MutableConfiguration<String, CachedResponse>()
                  .setTypes(String.class, CachedResponse.class));
    }
  }
}
