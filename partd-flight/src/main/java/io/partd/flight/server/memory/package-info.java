/**
 * Internal: what a server holds of requests. {@code MemoryPlan} divides the memory into {@code Budget}s,
 * {@code MessageFlow} asks for a message once there is room for it, {@code SpillFiles} keeps large appends in files,
 * and {@code SlowClientWatch} ends the calls of who takes too long.
 */
package io.partd.flight.server.memory;
