/** Internal: writing in tasks, and committing on the driver what all of them wrote. */
package io.partd.spark.write;
