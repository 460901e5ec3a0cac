package com.acme.store;

import jakarta.persistence.AttributeConverter;
import jakarta.persistence.Converter;

/** How good a product is; in the database a letter, and so in Hibernate's keys. */
public enum Grade {
  FIRST,
  SECOND;

  /** The letter. */
  @Converter(autoApply = true)
  public static final class InDatabase implements AttributeConverter<Grade, String> {
    @Override
    public String convertToDatabaseColumn(Grade grade) {
      return grade == null ? null : grade.name().substring(0, 1);
    }

    @Override
    public Grade convertToEntityAttribute(String letter) {
      return letter == null ? null : letter.equals("F") ? FIRST : SECOND;
    }
  }
}
