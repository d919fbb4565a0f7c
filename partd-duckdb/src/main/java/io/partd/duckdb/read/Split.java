package io.partd.duckdb.read;

import io.partd.arrow.Partitioner;
import java.util.List;

/** How rows are split: by what is known beforehand, or by what the rows say. */
public sealed interface Split {
    /** The columns, or expressions, that it looks at. */
    List<String> columns();

    /** Whether the rows are read once more to find out. */
    default boolean looksAtRows() {
        return false;
    }

    /** As a partitioner says. */
    record Known(Partitioner partitioner) implements Split {
        @Override
        public List<String> columns() {
            return partitioner.columns();
        }
    }

    /** By a hash, into as many parts as make each of them small. */
    record Hash(List<String> columns) implements Split {
        @Override
        public boolean looksAtRows() {
            return true;
        }
    }

    /** By bounds that are written as text. */
    record Ranges(String column, List<String> bounds) implements Split {
        @Override
        public List<String> columns() {
            return List.of(column);
        }
    }

    /** By bounds that make so many parts alike. */
    record EvenRanges(String column, int parts) implements Split {
        @Override
        public List<String> columns() {
            return List.of(column);
        }

        @Override
        public boolean looksAtRows() {
            return true;
        }
    }
}
