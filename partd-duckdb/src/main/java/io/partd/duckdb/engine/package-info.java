/** Internal: the database in this process, its connections, who has how much memory, and SQL as text. */
package io.partd.duckdb.engine;
