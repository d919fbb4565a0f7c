package io.partd.benchmarks.common;

/**
 * A result that is not a time.
 *
 * @param name what it is called in JSON
 * @param text the line below the table
 * @param value what JSON says
 */
public record Figure(String name, String text, Object value) {}
