/**
 * Marks: what a store remembers of who made an append, beside the values. Not exported: it is for the servers of
 * stores.
 */
package io.partd.marks;
