package io.partd.benchmarks.peers;

import java.nio.file.Path;
import org.apache.arrow.memory.BufferAllocator;
import org.apache.arrow.vector.VectorSchemaRoot;

/** Stores the flights of a Parquet file in a part for each origin. */
public interface FlightPeer {

    void open(Path directory, BufferAllocator allocator) throws Exception;

    /** Writes all parts. */
    void write(Path source) throws Exception;

    /** What is done with a part, which comes as one table or as several. */
    interface Rows {
        void read(VectorSchemaRoot table);
    }

    /** Reads each part. */
    void read(Rows rows) throws Exception;

    void close() throws Exception;
}
