package com.acme.catalogue;

import java.io.Serializable;
import java.math.BigDecimal;

/** What something costs. */
public record Price(String article, BigDecimal amount) implements Serializable {}
