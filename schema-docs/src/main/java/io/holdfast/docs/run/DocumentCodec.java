package io.holdfast.docs.run;

import io.holdfast.response.ResponseCodec;

/**
 * A document as a page with a head of three lines, so that it can be read in the file as it is.
 */
enum DocumentCodec implements ResponseCodec<TableDocument> {
  INSTANCE;

  private static final String ROWS = "rows: ";
  private static final String AT_LEAST = "at least ";
  private static final String SUMMARY = "summary: ";

  @Override
  public String format() {
    return "table-document:1";
  }

  @Override
  public String encode(TableDocument document) {
    return ROWS + (document.rowCountExact() ? "" : AT_LEAST) + document.rowCount() + "\n" + SUMMARY
        + document.summary().replace('\n', ' ') + "\n\n" + document.markdown();
  }

  @Override
  public TableDocument decode(String payload) {
    int first = payload.indexOf('\n');
    int second = payload.indexOf('\n', first + 1);
    if (!payload.startsWith(ROWS)
        || second < 0
        || !payload.startsWith(SUMMARY, first + 1)
        || !payload.startsWith("\n\n", second)) {
      throw new IllegalArgumentException("no head of a document");
    }
    String rows = payload.substring(ROWS.length(), first);
    boolean exact = !rows.startsWith(AT_LEAST);
    return new TableDocument(
        payload.substring(first + 1 + SUMMARY.length(), second),
        Long.parseLong(exact ? rows : rows.substring(AT_LEAST.length())),
        exact,
        payload.substring(second + 2),
        /* usage= */ null);
  }
}
