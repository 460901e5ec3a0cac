package io.holdfast.docs.serve;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * How the service listens, and what it bears.
 *
 * @param host the address to listen at
 * @param port 0 for any that is free
 * @param maxConcurrent requests that may wait for a database or a model at once; more are told to come back
 * @param maxBodyBytes the largest body of a request
 * @param bodyTime for the body of a request to arrive
 * @param adminToken what emptying the cache requires; without, nobody can
 */
public record ServiceSettings(
    String host,
    int port,
    int maxConcurrent,
    int maxBodyBytes,
    Duration bodyTime,
    @Nullable AdminToken adminToken) {

  /** Loopback, port 8080, 16 requests at once, bodies of 64 KiB within 10 s, no admin. */
  public static final ServiceSettings DEFAULT =
      new ServiceSettings("127.0.0.1", 8080, 16, 64 << 10, Duration.ofSeconds(10), null);

  public ServiceSettings {
    if (port < 0 || port > 65_535) {
      throw new IllegalArgumentException("port must be between 0 and 65535: " + port);
    }
    if (maxConcurrent < 1) {
      throw new IllegalArgumentException("maxConcurrent must be at least 1: " + maxConcurrent);
    }
    if (maxBodyBytes < 1) {
      throw new IllegalArgumentException("maxBodyBytes must be at least 1: " + maxBodyBytes);
    }
  }

  /** Whether only this machine reaches the address; a name that is not known is not one of its own. */
  public boolean isLoopback() {
    try {
      return Stream.of(InetAddress.getAllByName(host)).allMatch(InetAddress::isLoopbackAddress);
    } catch (UnknownHostException e) {
      return false;
    }
  }
}
