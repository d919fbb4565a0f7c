/**
 * The stores beside what the machine allows, warm in one JVM: what {@code bytes.sh} and {@code arrow.sh} run, and the
 * JMH benchmarks.
 */
package io.partd.benchmarks.closeup;
