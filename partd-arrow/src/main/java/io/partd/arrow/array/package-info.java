/**
 * Internal: the types of Java arrays that can be stored ({@code ArrayKind}), and how they become record batches and
 * come back. {@code ArrayPartd} is for users.
 */
package io.partd.arrow.array;
