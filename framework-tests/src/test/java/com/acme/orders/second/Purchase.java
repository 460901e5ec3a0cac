package com.acme.orders.second;

import jakarta.persistence.Entity;
import jakarta.persistence.GeneratedValue;
import jakarta.persistence.Id;
import jakarta.persistence.ManyToOne;
import jakarta.persistence.Table;

/** What a customer bought. */
@Entity(name = "Purchase")
@Table(name = "purchase")
public class Purchase {

  @Id
  @GeneratedValue
  private Long id;

  @ManyToOne(optional = false)
  @SuppressWarnings("UnusedVariable") // Hibernate reads it
  private Customer customer;

  private String article;

  protected Purchase() {}

  Purchase(Customer customer, String article) {
    this.customer = customer;
    this.article = article;
  }

  public String article() {
    return article;
  }
}
