/** Internal: values of columns as people read them, for the command and for notebooks. */
package io.partd.arrow.text;
