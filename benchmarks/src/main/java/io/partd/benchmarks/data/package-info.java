/** The data that all peers get, how much of it, and what must come back. */
package io.partd.benchmarks.data;
