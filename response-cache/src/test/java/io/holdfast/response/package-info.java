/** Tests of the response cache, most of them over a foreign JSR-107 provider. */
package io.holdfast.response;
