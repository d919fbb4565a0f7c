/** Internal: numbers, names and sizes as people read and write them, for the command, notebooks and options. */
package io.partd.text;
