/** What the artifacts are to somebody who only declares them. */
@NullMarked
package io.holdfast.distribution;

import org.jspecify.annotations.NullMarked;
