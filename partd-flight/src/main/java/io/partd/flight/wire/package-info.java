/**
 * Internal: how bytes get from one side to the other. {@code Frame} is Flight's data message, which is received and
 * sent without a copy; {@code Address}, {@code Transport} and {@code Tls} are the way; {@code TokenFile} and
 * {@code Tokens} the rules for bearer tokens; {@code WireLimits} how much there may be at once.
 */
package io.partd.flight.wire;
