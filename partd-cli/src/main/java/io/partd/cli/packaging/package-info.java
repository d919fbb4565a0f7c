/**
 * Internal: what the build puts into packages beside jars and scripts: completion for shells, man pages, DuckDB's
 * library, picocli's classes. Nothing of it is used when a command runs.
 */
package io.partd.cli.packaging;
