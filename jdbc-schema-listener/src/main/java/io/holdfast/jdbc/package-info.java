/**
 * The wrapper driver {@code jdbc:holdfast:…}: passes every JDBC call to the target driver, hears DDL
 * on the way, and tells {@code io.holdfast.schema} at the right moment of the transaction.
 */
@NullMarked
package io.holdfast.jdbc;

import org.jspecify.annotations.NullMarked;
