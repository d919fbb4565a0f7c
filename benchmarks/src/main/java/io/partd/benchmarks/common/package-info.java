/** Processes, memory, numbers and files, of no use but to measure with. */
package io.partd.benchmarks.common;
