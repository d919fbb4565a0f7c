/**
 * What all packages of the module stand on: pieces of bytes, the rule of keys, failures in words, several locks as one.
 * Internal: not exported.
 */
package io.partd.base;
