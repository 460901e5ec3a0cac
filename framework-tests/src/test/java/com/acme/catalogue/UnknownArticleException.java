package com.acme.catalogue;

/** There is no such article. */
public class UnknownArticleException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  public UnknownArticleException(String article) {
    super("There is no article " + article);
  }
}
