/** What tests share: tables of every type, random ones, and what other writers would have stored. */
package io.partd.tablesaw.testing;
