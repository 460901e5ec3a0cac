/**
 * MXBeans over caches, cache files, watched databases and response caches. Reads the other modules;
 * nothing depends on this one, so a bean that cannot be registered never stops a cache.
 */
@NullMarked
package io.holdfast.jmx;

import org.jspecify.annotations.NullMarked;
