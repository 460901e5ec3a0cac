/** Tests of the readers. */
package io.holdfast.schema.catalog;
