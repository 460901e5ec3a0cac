/**
 * Structure, profile and prose as Markdown: one page per table, an index with an entity diagram, and
 * the directory that holds them.
 *
 * <p>Pure text in, text out, except {@link io.holdfast.docs.render.PageDirectory}, which writes files.
 * Everything that comes from a database is escaped here, and nowhere else.
 */
@NullMarked
package io.holdfast.docs.render;

import org.jspecify.annotations.NullMarked;
