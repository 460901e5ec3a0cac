package com.acme.store;

/** When a product is sold. */
public enum Season {
  SPRING,
  AUTUMN
}
