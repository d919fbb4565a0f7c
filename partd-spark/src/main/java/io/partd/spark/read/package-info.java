/** Internal: planning on the driver what is read, and reading it in tasks. */
package io.partd.spark.read;
