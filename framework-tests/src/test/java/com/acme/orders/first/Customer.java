package com.acme.orders.first;

import jakarta.persistence.Entity;
import jakarta.persistence.GeneratedValue;
import jakarta.persistence.Id;
import jakarta.persistence.Table;

/** The customer table as the first release maps it. */
@Entity(name = "Customer")
@Table(name = "customer")
public class Customer {

  @Id
  @GeneratedValue
  private Long id;

  private String name;

  protected Customer() {}

  /** A customer that is not stored yet. */
  public Customer(String name) {
    this.name = name;
  }

  public Long id() {
    return id;
  }

  public String name() {
    return name;
  }

  public void rename(String newName) {
    name = newName;
  }
}
