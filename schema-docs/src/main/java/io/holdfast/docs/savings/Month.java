package io.holdfast.docs.savings;

import java.math.BigDecimal;
import java.math.MathContext;

/**
 * What a month costs in which everything goes as it went by the bill: the same share of calls answered by the
 * cache, the same cost of a call that is not.
 *
 * @param users how many there are
 * @param callsPerUser how often each of them asks in the month
 */
public record Month(long users, long callsPerUser) {

  public Month {
    if (users < 1 || callsPerUser < 1) {
      throw new IllegalArgumentException("users and calls must be at least 1");
    }
    Math.multiplyExact(users, callsPerUser);
  }

  /** All calls of the month. */
  public long calls() {
    return users * callsPerUser;
  }

  /** The cost with the cache. */
  public BigDecimal with(Bill bill, String unit) {
    return scaled(bill.spent(unit), bill);
  }

  /** The cost if each call were made. */
  public BigDecimal without(Bill bill, String unit) {
    return scaled(bill.spent(unit).add(bill.saved(unit)), bill);
  }

  private BigDecimal scaled(BigDecimal amount, Bill bill) {
    long answered = bill.total().answered();
    return answered == 0
        ? BigDecimal.ZERO
        : amount
            .multiply(BigDecimal.valueOf(calls()))
            .divide(BigDecimal.valueOf(answered), MathContext.DECIMAL64);
  }
}
