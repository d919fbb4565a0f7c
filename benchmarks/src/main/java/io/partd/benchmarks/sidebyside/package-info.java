/**
 * The stores beside their peers, each in a process of its own, in interleaved rounds: what {@code run.sh} runs, its
 * table and its chart.
 */
package io.partd.benchmarks.sidebyside;
