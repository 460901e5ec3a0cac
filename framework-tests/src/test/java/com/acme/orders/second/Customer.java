package com.acme.orders.second;

import jakarta.persistence.CascadeType;
import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.GeneratedValue;
import jakarta.persistence.Id;
import jakarta.persistence.OneToMany;
import jakarta.persistence.Table;
import java.util.ArrayList;
import java.util.List;

/** The customer table as the second release maps it: one column and one table more. */
@Entity(name = "Customer")
@Table(name = "customer")
public class Customer {

  @Id
  @GeneratedValue
  private Long id;

  private String name;

  @Column(length = 80)
  private String email;

  @OneToMany(mappedBy = "customer", cascade = CascadeType.ALL)
  private List<Purchase> purchases = new ArrayList<>();

  protected Customer() {}

  public String name() {
    return name;
  }

  public void setEmail(String newEmail) {
    email = newEmail;
  }

  public String email() {
    return email;
  }

  public void buys(String article) {
    purchases.add(new Purchase(this, article));
  }

  public List<Purchase> purchases() {
    return purchases;
  }
}
