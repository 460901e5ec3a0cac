package io.holdfast.docs.run;

import io.holdfast.response.Usage;
import org.jspecify.annotations.Nullable;

/**
 * What is kept about one table: everything that is expensive to make, and nothing that depends on
 * other tables.
 *
 * @param summary one line of Markdown for the index
 * @param rowCount rows when it was made; a lower bound unless {@code rowCountExact}
 * @param rowCountExact whether the rows were counted to the end
 * @param markdown the body of the page
 * @param usage the tokens it took to make; null if it took none, nobody says, or it comes from the cache,
 *     which keeps them beside it
 */
public record TableDocument(
    String summary,
    long rowCount,
    boolean rowCountExact,
    String markdown,
    @Nullable Usage usage) {}
