package com.acme.catalogue;

/** When something is offered. */
public enum Season {
  SPRING,
  AUTUMN
}
