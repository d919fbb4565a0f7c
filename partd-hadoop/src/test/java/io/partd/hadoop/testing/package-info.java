/** Servers to test on, in this JVM. */
package io.partd.hadoop.testing;
