/** Internal: work on stores key by key: several keys at once, joins of stores split alike, sorting by ranges. */
package io.partd.duckdb.keys;
