/**
 * Who puts a table into words: {@link io.holdfast.docs.describe.BuiltInWriter} from structure and
 * profile by rule, {@code io.holdfast.docs.llm} by asking a model. Writers know no cache.
 */
@NullMarked
package io.holdfast.docs.describe;

import org.jspecify.annotations.NullMarked;
