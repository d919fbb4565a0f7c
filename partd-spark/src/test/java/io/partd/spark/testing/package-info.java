/** What the tests of the data source share. */
package io.partd.spark.testing;
