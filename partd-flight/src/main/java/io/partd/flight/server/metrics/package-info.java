/** Internal: what a server counts, for Prometheus and for the JDK's Flight Recorder. */
package io.partd.flight.server.metrics;
