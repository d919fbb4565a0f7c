/** Internal: numbers and names as people read them, for the command and for notebooks. */
package io.partd.text;
