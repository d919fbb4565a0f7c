/**
 * Internal: the server behind {@code PartdServer}. {@code RunningServer} puts it together, {@code Service} says which
 * class does which of Flight's methods, {@code PutCall}, {@code StreamCall} and {@code ServerLockCall} are the calls
 * that stream, {@code LockKeeper} holds the store's lock for clients, and {@code ServerContext} is what calls share.
 */
package io.partd.flight.server;
