/**
 * Internal: appending to keys. {@code StreamStore} writes a key's schema before its batches, atomically, and with
 * {@code KeySchemas} knows what keys begin with. {@code Stage} and the classes around it hold tables in memory until
 * they are written together.
 */
package io.partd.arrow.store;
