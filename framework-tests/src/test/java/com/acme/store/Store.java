package com.acme.store;

import com.acme.store.Offer.OfferId;
import java.math.BigDecimal;
import java.sql.Connection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.hibernate.SessionFactory;
import org.hibernate.cfg.Configuration;
import org.hibernate.stat.Statistics;

/** An application of Hibernate; how it caches stands in hibernate.properties. */
public final class Store implements AutoCloseable {
  private static final long KELP = 1L;
  private static final long BRAND = 7L;
  private static final String KELP_ARTICLE = "K-1";

  private final SessionFactory sessions;

  /**
   * Opens the store.
   *
   * @param settings of Hibernate: which database, which cache file
   */
  public Store(Map<String, Object> settings) {
    Configuration configuration = new Configuration()
        .addAnnotatedClass(Product.class)
        .addAnnotatedClass(Brand.class)
        .addAnnotatedClass(Offer.class)
        .addAttributeConverter(Grade.InDatabase.class);
    configuration.getProperties().putAll(settings);
    sessions = configuration.buildSessionFactory();
  }

  /** Since the store was opened. */
  public Statistics statistics() {
    return sessions.getStatistics();
  }

  /** Puts two products on sale. */
  public void fill() {
    sessions.inTransaction(session -> {
      Brand brand = new Brand(BRAND, "Ocean");
      session.persist(brand);
      session.persist(new Product(
          KELP, KELP_ARTICLE, "Kelp", Season.AUTUMN, Grade.FIRST, brand, Set.of("brown", "long")));
      session.persist(
          new Product(2L, "D-1", "Dulse", Season.SPRING, Grade.SECOND, brand, Set.of("red")));
    });
  }

  /** The kelp, by its id, with its brand and labels. */
  public String kelp() {
    return sessions.fromTransaction(session -> session.find(Product.class, KELP).toString());
  }

  /** The kelp, by its article number. */
  public String kelpByArticle() {
    return sessions.fromTransaction(
        session -> session.bySimpleNaturalId(Product.class).load(KELP_ARTICLE).toString());
  }

  public List<String> productsLike(String pattern) {
    return sessions.fromTransaction(session -> session
        .createSelectionQuery(
            "from Product p where p.name like :pattern order by p.id", Product.class)
        .setParameter("pattern", pattern)
        .setCacheable(true)
        .list()
        .stream()
        .map(Product::toString)
        .toList());
  }

  public List<String> namesIn(Season season) {
    return sessions.fromTransaction(session -> session
        .createSelectionQuery(
            "select p.name from Product p where p.season = :season order by p.id", String.class)
        .setParameter("season", season)
        .setCacheable(true)
        .list());
  }

  public List<String> namesOf(Grade grade) {
    return sessions.fromTransaction(session -> session
        .createSelectionQuery(
            "select p.name from Product p where p.grade = :grade order by p.id", String.class)
        .setParameter("grade", grade)
        .setCacheable(true)
        .list());
  }

  /** The offer of this season, which is made if there is none. */
  public String offer(Season season) {
    OfferId id = new OfferId(KELP_ARTICLE, season);
    sessions.inTransaction(session -> {
      if (session.find(Offer.class, id) == null) {
        session.persist(new Offer(id, BigDecimal.valueOf(795, 2)));
      }
    });
    return sessions.fromTransaction(session -> session.find(Offer.class, id).toString());
  }

  public void renameKelp(String name) {
    sessions.inTransaction(session -> session.find(Product.class, KELP).rename(name));
  }

  public String brand() {
    return sessions.fromTransaction(session -> session.find(Brand.class, BRAND).getName());
  }

  public void renameBrand(String name) {
    sessions.inTransaction(session -> session.find(Brand.class, BRAND).rename(name));
  }

  /**
   * Dies at the worst moment: the database has the new names, and the caches have not heard of it. In
   * between, somebody else has read the brand.
   */
  void renameAndDie(String kelp, String brand) {
    sessions.inTransaction(session -> {
      session.find(Product.class, KELP).rename(kelp);
      session.find(Brand.class, BRAND).rename(brand);
      session.flush();
      brand();
      session.doWork(Connection::commit);
      Runtime.getRuntime().halt(1);
    });
  }

  @Override
  public void close() {
    sessions.close();
  }
}
