/** Tests of the watch: units with scripted catalogs, and integration with real servers. */
package io.holdfast.schema;
