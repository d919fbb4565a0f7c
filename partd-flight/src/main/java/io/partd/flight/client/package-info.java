/**
 * Internal: the client behind {@code FlightPartd}. {@code RemoteStore} is what it can do, {@code Calls} makes calls and
 * tries them again, {@code AppendCall} is one append however often it is tried, {@code RemoteLock} the lock.
 */
package io.partd.flight.client;
