/**
 * Encryption of values at rest: keys, the layout of an encrypted cell, and the end of a rotation.
 *
 * <p>Knows the cells and tables of the store and the JDK's ciphers; nothing of Ehcache or JSR-107. All
 * classes are safe from any thread. No message, log record or {@code toString} holds a key, its id, or
 * anything of a row.
 */
@NullMarked
package io.holdfast.encryption;

import org.jspecify.annotations.NullMarked;
