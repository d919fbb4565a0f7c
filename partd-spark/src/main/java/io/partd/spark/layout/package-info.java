/** Internal: what a store's rows are and which key they go to, as a store says it and as Spark does. */
package io.partd.spark.layout;
