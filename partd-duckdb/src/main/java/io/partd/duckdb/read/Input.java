package io.partd.duckdb.read;

import java.io.InputStream;
import java.nio.file.Path;
import org.apache.arrow.vector.ipc.ArrowReader;

/** Something that is read. */
public sealed interface Input {
    /** What errors call it. */
    String name();

    /** Its size, or 0 where that is not known. */
    default long bytes() {
        return 0;
    }

    /** Whether it can be read more than once. */
    default boolean readsAgain() {
        return true;
    }

    /** A file of a known kind. */
    record OfFile(Path path, String name, FileKind kind, long bytes) implements Input {}

    /** A stream of Arrow's format, which is closed when it was read. */
    record OfStream(InputStream in, String name) implements Input {
        @Override
        public boolean readsAgain() {
            return false;
        }
    }

    /** What a statement of SQL gives. */
    record OfQuery(String sql) implements Input {
        @Override
        public String name() {
            return "the query";
        }
    }

    /** Batches of the caller's, whose reader stays open. */
    record OfReader(ArrowReader reader) implements Input {
        @Override
        public String name() {
            return "the Arrow reader";
        }

        @Override
        public boolean readsAgain() {
            return false;
        }
    }
}
