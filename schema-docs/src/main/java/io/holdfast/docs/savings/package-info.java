/**
 * What the response caches spent and saved, by their ledgers. Only calculates; {@code cli} reads and prints.
 */
@NullMarked
package io.holdfast.docs.savings;

import org.jspecify.annotations.NullMarked;
