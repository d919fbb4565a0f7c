/** What tests of this module share. */
package io.partd.duckdb.testing;
