package io.partd.benchmarks.data;

import io.partd.Bytes;
import io.partd.Partd;
import io.partd.Partds;
import java.nio.file.Path;
import java.util.Locale;

/** The stores that are compared. */
public enum StoreKind {
    DICT,
    FILE,
    BUFFER;

    public Partd<Bytes> open(Path directory, long bufferLimit) {
        return switch (this) {
            case DICT -> Partds.dict();
            case FILE -> Partds.file(directory);
            case BUFFER -> Partds.buffer(Partds.dict(), Partds.file(directory), bufferLimit);
        };
    }

    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT);
    }
}
