/**
 * The semantic stage of a response cache: finds, judges and learns. Of all packages here the only one that knows a cache.
 */
@NullMarked
package io.holdfast.semantic.stage;

import org.jspecify.annotations.NullMarked;
