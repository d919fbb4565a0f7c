/** Internal: the functions of Spark that say what stores are partitioned by. */
package io.partd.spark.function;
