/** The {@code partd} command. Nothing here is an API: its command line is. */
package io.partd.cli;
