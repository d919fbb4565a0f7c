package io.partd.arrow.testing;

/** A union's value with its type id; the value may be null, the slot never is. */
public record Tagged(int typeId, Object value) {}
