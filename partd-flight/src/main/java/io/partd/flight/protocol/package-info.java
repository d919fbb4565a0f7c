/**
 * Internal: what client and server say to each other, as {@code docs/protocol.md} has it: headers, commands, tickets,
 * actions, the bytes of an append, and exceptions as they cross the wire.
 */
package io.partd.flight.protocol;
