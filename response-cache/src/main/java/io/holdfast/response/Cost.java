package io.holdfast.response;

import java.io.Serializable;
import java.math.BigDecimal;
import java.util.Objects;

/**
 * What one call cost.
 *
 * @param amount how much, not negative
 * @param unit a currency code ({@code USD}) or any other unit ({@code tokens}); amounts of different
 *     units are never added up
 */
public record Cost(BigDecimal amount, String unit) implements Serializable {

  private static final long serialVersionUID = 1L;

  public Cost {
    Objects.requireNonNull(amount, "amount");
    if (amount.signum() < 0) {
      throw new IllegalArgumentException("amount must not be negative: " + amount);
    }
    if (unit.isBlank()) {
      throw new IllegalArgumentException("unit must not be blank");
    }
  }

  /** A whole number of something, such as tokens. */
  public static Cost of(long amount, String unit) {
    return new Cost(BigDecimal.valueOf(amount), unit);
  }
}
