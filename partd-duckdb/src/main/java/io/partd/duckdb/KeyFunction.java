package io.partd.duckdb;

import org.apache.arrow.vector.ipc.ArrowReader;

/**
 * What is made of the rows of one key. Several threads call it at once, each with another key.
 *
 * @param <R> what it returns
 */
@FunctionalInterface
public interface KeyFunction<R> {
    /**
     * Returns what is made of a key's rows.
     *
     * @param rows batch by batch, in memory as long as the call takes; it is closed afterwards
     * @throws Exception if it cannot: the work on the other keys is ended
     */
    R apply(String key, ArrowReader rows) throws Exception;
}
