@org.jspecify.annotations.NullMarked
package io.holdfast.langchain4j;
