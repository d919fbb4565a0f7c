/**
 * One store for many processes: a server and a client on Arrow Flight. {@code PartdServer}, {@code FlightPartd} and
 * their options are for users; {@code docs/protocol.md} says what goes over the wire. Inside:
 *
 * <ul>
 *   <li>{@code Frame} and {@code FrameMarshaller}: Flight's data messages, received and sent without a copy.
 *   <li>On the server {@code PutCall}, {@code GetCall} and {@code ServerLockCall} are the streaming calls,
 *       {@code Service} the others. {@code MemoryPlan} and {@code Budget} bound the memory, {@code AuthInterceptor}
 *       checks rights, {@code Appends} makes each append once, {@code LockKeeper} holds the store's lock for clients.
 *   <li>On the client {@code Calls} makes calls that wait, {@code AppendCall} retries, {@code RemoteLock} is the lock.
 *   <li>{@code Failures} carries exceptions over the wire.
 * </ul>
 */
package io.partd.flight;
