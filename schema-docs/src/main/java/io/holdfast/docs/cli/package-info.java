/**
 * The command line: arguments, passwords, progress, tables of text, exit codes. A mistake of the user
 * is a {@link io.holdfast.docs.cli.UserError}: one sentence and exit code 2, never a stack trace.
 */
@NullMarked
package io.holdfast.docs.cli;

import org.jspecify.annotations.NullMarked;
