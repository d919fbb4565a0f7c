package io.partd.duckdb.testing;

import io.partd.Partds;
import io.partd.arrow.ArrowPartd;
import io.partd.arrow.Partitioner;
import io.partd.duckdb.DuckOptions;
import io.partd.duckdb.PartdDuck;
import io.partd.file.StoreFiles;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.SortedMap;
import org.apache.arrow.memory.BufferAllocator;
import org.apache.arrow.memory.RootAllocator;

/** Stores of flights by origin, each made once in a JVM; a test gets a copy, to do with it what it wants. */
public final class FlightStores {
    private static final Map<String, SortedMap<String, byte[]>> MADE = new HashMap<>();

    private FlightStores() {}

    /** Puts a store of what the statement gives there. */
    public static synchronized void put(String sql, Path directory) {
        StoreFiles.put(MADE.computeIfAbsent(sql, FlightStores::make), directory);
    }

    private static SortedMap<String, byte[]> make(String sql) {
        try {
            Path directory = Files.createTempDirectory("flights");
            try (BufferAllocator allocator = new RootAllocator();
                    PartdDuck duck = PartdDuck.open(DuckOptions.memory("256MB").threads(2));
                    ArrowPartd store = ArrowPartd.over(Partds.file(directory), allocator)) {
                duck.query(sql).by(Partitioner.values("origin")).into(store);
            }
            SortedMap<String, byte[]> files = StoreFiles.take(directory);
            StoreFiles.delete(directory);
            return files;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
