/** What tests of the command share: running the script, sample files, certificates. */
package io.partd.cli.testing;
