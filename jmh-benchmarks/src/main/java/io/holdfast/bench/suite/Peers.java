package io.holdfast.bench.suite;

import java.util.Locale;

/** How a peer is called in tables and pictures. */
final class Peers {

  private Peers() {}

  static String plainName(String constant) {
    return constant.replace('_', ' ').toLowerCase(Locale.ROOT);
  }

  static String nameInTable(String constant) {
    return isOurs(constant) ? "**" + plainName(constant) + "**" : plainName(constant);
  }

  static boolean isOurs(String constant) {
    return constant.equals("HOLDFAST");
  }
}
