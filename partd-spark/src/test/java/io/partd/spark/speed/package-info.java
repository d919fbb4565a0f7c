/** How fast stores are in Spark, beside Spark's own Parquet: {@code benchmarks/spark.sh} runs it. */
package io.partd.spark.speed;
