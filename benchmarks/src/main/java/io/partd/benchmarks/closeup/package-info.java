/**
 * The stores, and the forms in which they read and write, beside what the machine allows, warm: JMH's benchmarks, which
 * {@code closeup.sh} runs. A benchmark's state is a {@link io.partd.benchmarks.closeup.Shot}.
 */
package io.partd.benchmarks.closeup;
