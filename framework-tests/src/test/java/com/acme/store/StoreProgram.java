package com.acme.store;

import java.util.Map;

/** The store in a JVM of its own. */
public final class StoreProgram {
  private StoreProgram() {}

  /** Arguments: the database's URL, the cache file's URI, what to do. */
  public static void main(String[] arguments) throws Exception {
    Store store = new Store(Map.of(
        "hibernate.connection.url", arguments[0],
        "hibernate.javax.cache.uri", arguments[1]));
    if (arguments[2].equals("fill")) {
      store.fill();
    }
    store.statistics().clear();
    System.out.println(store.kelp());
    System.out.println(store.kelpByArticle());
    System.out.println(store.productsLike("%"));
    System.out.println(store.namesOf(Grade.FIRST));
    System.out.println(store.namesIn(Season.AUTUMN));
    System.out.println("statements " + store.statistics().getPrepareStatementCount());
    if (arguments[2].equals("die")) {
      store.renameAndDie("Sugar kelp", "Coast");
    }
    System.in.read();
  }
}
