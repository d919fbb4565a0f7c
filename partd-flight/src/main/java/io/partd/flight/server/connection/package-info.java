/**
 * Internal: a server's connections. {@code Acceptor} lets them in, {@code Connections} bounds how many there are, and
 * {@code WireWatch} sees what comes of a call's messages before gRPC does. Where a server logs is here, too.
 */
package io.partd.flight.server.connection;
