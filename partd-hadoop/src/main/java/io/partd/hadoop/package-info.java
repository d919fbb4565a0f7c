/**
 * Stores of partd on HDFS, S3 and every other Hadoop file system: the same segments as in a directory of one machine,
 * written once and whole, and made visible by commits. {@link io.partd.hadoop.HadoopPartd} reads,
 * {@link io.partd.hadoop.HadoopWriter} writes what one task adds, {@link io.partd.hadoop.Commit} makes it count, and
 * {@link io.partd.hadoop.Maintenance} compacts and cleans up.
 */
package io.partd.hadoop;
