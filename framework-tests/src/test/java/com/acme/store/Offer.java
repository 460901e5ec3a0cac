package com.acme.store;

import jakarta.persistence.Embeddable;
import jakarta.persistence.EmbeddedId;
import jakarta.persistence.Entity;
import java.io.Serializable;
import java.math.BigDecimal;
import org.hibernate.annotations.Cache;
import org.hibernate.annotations.CacheConcurrencyStrategy;

/** A price for one season, which is part of its id. */
@Entity
@Cache(usage = CacheConcurrencyStrategy.READ_WRITE)
public class Offer {
  @EmbeddedId
  private OfferId id;

  private BigDecimal price;

  /** An id that holds an enum. */
  @Embeddable
  public record OfferId(String article, Season season) implements Serializable {}

  protected Offer() {}

  Offer(OfferId id, BigDecimal price) {
    this.id = id;
    this.price = price;
  }

  @Override
  public String toString() {
    return id + " " + price;
  }
}
