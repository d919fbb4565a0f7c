/** Internal: what statements give, as files and as rows of stores. */
package io.partd.duckdb.write;
