/**
 * Internal: makes each append once, however often it arrives. {@code Appends} asks what the store remembers of a
 * client, {@code ClientAppends} is what is known of one.
 */
package io.partd.flight.server.once;
