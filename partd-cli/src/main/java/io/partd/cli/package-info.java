/**
 * The {@code partd} command. Nothing here is an API: its command line is. The {@code partd} script at the root of the
 * repository builds it, and passes what the JDK needs; {@link io.partd.cli.Main} is where it begins.
 * {@code ClassArchiveRun} is what the script runs once, so that each start is faster. The packages below are internal.
 */
package io.partd.cli;
