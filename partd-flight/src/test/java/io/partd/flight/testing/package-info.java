/** What tests of servers and clients share: servers in this JVM and in others, and clients that send what they like. */
package io.partd.flight.testing;
