/**
 * One store for many processes: a server and a client on Arrow Flight. {@link io.partd.flight.PartdServer},
 * {@link io.partd.flight.FlightPartd} and their options are for users; {@code docs/protocol.md} says what goes over the
 * wire. The packages below are internal.
 */
package io.partd.flight;
