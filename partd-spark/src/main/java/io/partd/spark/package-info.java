/**
 * A data source of Apache Spark, named {@code partd}: stores on any file system of Hadoop are written and read as
 * tables.
 *
 * <pre>{@code
 * df.write().format("partd").option("partitioner", "hash(64, \"origin\")").mode("append").save(uri);
 * spark.read().format("partd").load(uri).where("origin = 'ATL'").select("delay");
 * }</pre>
 */
package io.partd.spark;
