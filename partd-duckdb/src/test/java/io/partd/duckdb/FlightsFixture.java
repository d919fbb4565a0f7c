package io.partd.duckdb;

import io.partd.Partds;
import io.partd.arrow.ArrowPartd;
import io.partd.duckdb.testing.FlightStores;
import java.nio.file.Path;
import org.apache.arrow.memory.BufferAllocator;
import org.apache.arrow.memory.RootAllocator;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;

/** A store of flights, which is the table {@code flights} of an engine: each test has its own. */
abstract class FlightsFixture {
    static final String SAMPLE = "'../samples/flights-sample.parquet'";

    /** The flights of seven airports, and the day of each. */
    static final String SEVEN = "SELECT *, date_trunc('day', date) AS day FROM " + SAMPLE
            + " WHERE origin IN ('ABE', 'ATL', 'DEN', 'DFW', 'LAX', 'ORD', 'SEA')";

    @TempDir
    Path directory;

    final BufferAllocator allocator = new RootAllocator();
    private final String rows;
    PartdDuck duck;
    ArrowPartd flights;

    /** @param rows the statement whose rows the store has */
    FlightsFixture(String rows) {
        this.rows = rows;
    }

    @BeforeEach
    final void fill() {
        FlightStores.put(rows, directory.resolve("flights"));
        duck = PartdDuck.open(options());
        flights = store("flights");
        duck.table("flights", flights);
    }

    DuckOptions options() {
        return DuckOptions.memory("256MB").threads(2);
    }

    final ArrowPartd store(String name) {
        return ArrowPartd.over(Partds.file(directory.resolve(name)), allocator);
    }

    @AfterEach
    final void close() {
        duck.close();
        flights.close();
        allocator.close();
    }
}
