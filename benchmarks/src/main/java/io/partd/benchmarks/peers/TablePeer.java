package io.partd.benchmarks.peers;

import io.partd.benchmarks.data.PriceSum;
import io.partd.benchmarks.data.TableSums;
import io.partd.benchmarks.data.Tables;
import java.nio.file.Path;

/** Stores a table that comes in batches, in parts by the hash of its symbol. */
public interface TablePeer {

    /** Makes an empty store. */
    void open(Path directory, Tables tables, int parts) throws Exception;

    /** Writes the whole table; gives the number of rows. */
    long write() throws Exception;

    /** Whether it can read one column without the others. */
    boolean readsColumns();

    /** Reads each part and sums its prices. */
    void read(PriceSum sum, boolean priceAlone) throws Exception;

    /** Reads all columns of everything. */
    TableSums sums() throws Exception;

    void close() throws Exception;
}
