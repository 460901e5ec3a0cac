/** A cache file as a person wants to see it, through the store's own door. Knows no command line. */
@NullMarked
package io.holdfast.docs.inspect;

import org.jspecify.annotations.NullMarked;
