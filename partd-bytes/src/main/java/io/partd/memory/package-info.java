/** Stores in memory: dict, and the buffer that puts one store before another. Internal: not exported. */
package io.partd.memory;
