/** JMH benchmarks: every class has a raw baseline, and a number is read as a ratio to it. */
@NullMarked
package io.holdfast.bench;

import org.jspecify.annotations.NullMarked;
