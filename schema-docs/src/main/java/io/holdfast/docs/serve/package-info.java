/**
 * The documentation over HTTP: tables, explanations, a chat about the structure, what the cache did.
 *
 * <p>Nothing here knows the command line. A request runs on one thread of the server, which blocks for the
 * database and the model; how many may do so at once is limited.
 */
@NullMarked
package io.holdfast.docs.serve;

import org.jspecify.annotations.NullMarked;
