/** What the schema listener costs beyond a statement: hearing DDL, the first look at a database, the key of a table. */
@NullMarked
package io.holdfast.bench.schema;

import org.jspecify.annotations.NullMarked;
