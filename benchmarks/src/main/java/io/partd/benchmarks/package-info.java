/** What is timed, once for {@link io.partd.benchmarks.BytesRun} and once for JMH: both run the same workloads. */
package io.partd.benchmarks;
