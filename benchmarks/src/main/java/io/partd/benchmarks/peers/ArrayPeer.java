package io.partd.benchmarks.peers;

import java.nio.file.Path;
import java.util.Map;

/** Stores arrays of doubles that grow by appending. */
public interface ArrayPeer {
    void open(Path directory) throws Exception;

    void append(Map<String, double[]> batch) throws Exception;

    void settle() throws Exception;

    double[] get(String key) throws Exception;

    void close() throws Exception;
}
