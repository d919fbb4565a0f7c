package io.partd.benchmarks.peers;

import io.partd.Bytes;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/**
 * A store of bytes that grow by appending.
 *
 * @param <B> the form in which it takes an append of several keys
 */
public interface BytePeer<B> {

    /** The same append in this peer's form, made before anything is timed. */
    B batch(Map<String, Bytes> values);

    /** Makes an empty store that is going to have these keys. */
    void open(Path directory, List<String> keys, long memoryLimit) throws Exception;

    void append(B batch) throws Exception;

    /** Hands all that was appended to the operating system, where that has not happened yet. */
    void settle() throws Exception;

    byte[] get(String key) throws Exception;

    void close() throws Exception;
}
