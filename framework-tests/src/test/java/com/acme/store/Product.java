package com.acme.store;

import jakarta.persistence.ElementCollection;
import jakarta.persistence.Entity;
import jakarta.persistence.FetchType;
import jakarta.persistence.Id;
import jakarta.persistence.ManyToOne;
import jakarta.persistence.Version;
import java.math.BigDecimal;
import java.util.Set;
import java.util.TreeSet;
import org.hibernate.annotations.Cache;
import org.hibernate.annotations.CacheConcurrencyStrategy;
import org.hibernate.annotations.NaturalId;
import org.hibernate.annotations.NaturalIdCache;

/** What is sold. */
@Entity
@NaturalIdCache
@Cache(usage = CacheConcurrencyStrategy.READ_WRITE)
public class Product {
  @Id
  private Long id;

  @Version
  private int version;

  @NaturalId
  private String article;

  private String name;
  private BigDecimal price;
  private Season season;
  private Grade grade;

  @ManyToOne(fetch = FetchType.LAZY)
  private Brand brand;

  @ElementCollection
  @Cache(usage = CacheConcurrencyStrategy.READ_WRITE)
  private Set<String> labels = new TreeSet<>();

  protected Product() {}

  Product(
      Long id,
      String article,
      String name,
      Season season,
      Grade grade,
      Brand brand,
      Set<String> labels) {
    this.id = id;
    this.article = article;
    this.name = name;
    this.price = BigDecimal.valueOf(995, 2);
    this.season = season;
    this.grade = grade;
    this.brand = brand;
    this.labels = new TreeSet<>(labels);
  }

  void rename(String newName) {
    name = newName;
  }

  /** All that the caches hold of it. */
  @Override
  public String toString() {
    return name + " (" + article + ") " + price + " " + season + " " + grade + " by "
        + brand.getName() + " " + new TreeSet<>(labels);
  }
}
