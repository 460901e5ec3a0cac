/**
 * Judges a statement's text: may it change the structure of the database? Text only, no I/O, a lexer
 * per dialect. A hint where to look; the proof is the catalog (design D7).
 */
@NullMarked
package io.holdfast.jdbc.ddl;

import org.jspecify.annotations.NullMarked;
