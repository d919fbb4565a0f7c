/** Internal: Spark's rows and types as Arrow's. */
package io.partd.spark.rows;
