package io.partd.duckdb.query;

import java.io.IOException;
import java.util.List;
import org.apache.arrow.memory.BufferAllocator;
import org.apache.arrow.vector.ipc.ArrowReader;
import org.apache.arrow.vector.types.pojo.Schema;

/** A table that DuckDB reads through Arrow: as often as statements ask, each time by a reader of its own. */
public interface Source {
    /** What a scan reads, all of it or the keys chosen, and which columns. */
    record Part(List<String> keys, List<String> columns) {}

    /** All columns, without dictionaries. */
    Schema schema();

    /** The keys that there are now, in the order in which they are read; one of any name where there are none. */
    List<String> keys();

    /** A reader of some keys and columns, which the caller closes. */
    ArrowReader reader(Part part) throws IOException;

    /** The allocator with which the reader's vectors can be handed over. */
    BufferAllocator allocator();

    /** The bytes that some columns take under some keys. */
    long bytes(Part part);
}
