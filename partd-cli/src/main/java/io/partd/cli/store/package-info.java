/** Internal: a store as commands see it, in a directory or at a server: {@code StoreView} and what is behind it. */
package io.partd.cli.store;
