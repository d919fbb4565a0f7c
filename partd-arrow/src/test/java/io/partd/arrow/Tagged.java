package io.partd.arrow;

/** A union's value with its type id; the value may be null, the slot never is. */
record Tagged(int typeId, Object value) {}
