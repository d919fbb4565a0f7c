package io.partd.duckdb.read;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/** How many values the first lines of a CSV file have. Of files in an encoding of one byte, or UTF-8. */
final class CsvLines implements AutoCloseable {
    /** As many as DuckDB looks at. */
    private static final int MOST = 20_480;

    private final InputStream in;
    private final char delimiter;
    private long line;

    private CsvLines(Path file, char delimiter) throws IOException {
        this.in = new BufferedInputStream(Files.newInputStream(file), 64 << 10);
        this.delimiter = delimiter;
    }

    /** A line that has not as many values as the first one. */
    record Odd(long line, int values, int first) {}

    static Optional<Odd> firstOdd(Path file, char delimiter) throws IOException {
        try (CsvLines lines = new CsvLines(file, delimiter)) {
            int first = lines.next();
            while (lines.line < MOST) {
                long begin = lines.line + 1;
                int values = lines.next();
                if (values == 0) return Optional.empty();
                if (values != first) return Optional.of(new Odd(begin, values, first));
            }
            return Optional.empty();
        }
    }

    /** How many values the first line has. */
    static int first(Path file, char delimiter) throws IOException {
        try (CsvLines lines = new CsvLines(file, delimiter)) {
            return lines.next();
        }
    }

    /** How many values the next line has that is not empty, or 0 at the end. What is in quotes may hold anything. */
    private int next() throws IOException {
        int values = 1;
        boolean empty = true;
        boolean quoted = false;
        for (int b = in.read(); b >= 0; b = in.read()) {
            if (b == '\n') line++;
            if (b == '\n' && !quoted && !empty) return values;
            if (b == '\n' || b == '\r') continue;
            empty = false;
            if (b == '"') quoted = !quoted;
            else if (b == delimiter && !quoted) values++;
        }
        return empty ? 0 : values;
    }

    @Override
    public void close() throws IOException {
        in.close();
    }
}
