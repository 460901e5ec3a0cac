package io.holdfast.docs.run;

/**
 * What is kept about one table: everything that is expensive to make, and nothing that depends on
 * other tables.
 *
 * @param summary one line of Markdown for the index
 * @param rowCount rows when it was made; a lower bound unless {@code rowCountExact}
 * @param rowCountExact whether the rows were counted to the end
 * @param markdown the body of the page
 */
public record TableDocument(
    String summary, long rowCount, boolean rowCountExact, String markdown) {}
