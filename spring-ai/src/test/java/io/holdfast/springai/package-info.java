@org.jspecify.annotations.NullMarked
package io.holdfast.springai;
