/**
 * Who is compared: {@link io.partd.benchmarks.peers.Peer} names them, and each has a class that opens, writes and
 * reads.
 */
package io.partd.benchmarks.peers;
