package io.partd.duckdb.read;

import io.partd.duckdb.InputFormat;
import io.partd.duckdb.UnreadableInputException;
import io.partd.duckdb.UnreadableInputException.Remedy;
import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.zip.GZIPInputStream;

/**
 * Streams that hold nobody knows what before they begin: standard input, for one. An Arrow stream is read as it comes.
 * Everything else is kept in a temporary file first: Parquet begins at its end, and DuckDB looks at text twice.
 */
public final class StreamInput {
    private static final int MOST_OF_A_LINE = 64 << 10;
    private static final byte[] GZIP = {0x1f, (byte) 0x8b};
    private static final String BYTE_ORDER_MARK = "\ufeff";
    private static final String DELIMITERS = ",;\t|";

    private StreamInput() {}

    /**
     * Looks at the beginning, and keeps what has to be kept.
     *
     * @param kept where the file is kept
     */
    public static Input open(InputStream in, String name, Optional<InputFormat> format, Path temporary, Kept kept)
            throws IOException {
        BufferedInputStream stream = new BufferedInputStream(in, MOST_OF_A_LINE);
        if (FileKind.begins(peek(stream, GZIP.length), GZIP)) {
            stream = new BufferedInputStream(new GZIPInputStream(stream), MOST_OF_A_LINE);
        }
        FileKind kind = kind(stream, name, format);
        if (kind == FileKind.ARROW_STREAM) return new Input.OfStream(stream, name);
        Path file = kept.keep(stream, temporary, "." + kind.name().toLowerCase(Locale.ROOT));
        return new Input.OfFile(file, name, kind, Files.size(file));
    }

    private static FileKind kind(BufferedInputStream stream, String name, Optional<InputFormat> format)
            throws IOException {
        Optional<FileKind> sure = FileKind.of(peek(stream, FileKind.MAGIC));
        if (sure.isPresent()) return sure.get();
        if (format.isPresent()) return said(FileKind.of(format.get()), name);
        String reason = "it is no Arrow stream, Parquet or JSON, and no CSV of several columns: say its format";
        return ofText(line(stream))
                .orElseThrow(() -> new UnreadableInputException(name, reason, null, List.of(Remedy.FORMAT), null));
    }

    private static FileKind said(FileKind kind, String name) {
        if (kind.isText()) return kind;
        throw new UnreadableInputException(
                name, "it does not begin as " + kind.title + " does", null, List.of(Remedy.FORMAT), null);
    }

    /** What a text holds, by its first line: a guess, which is not made where little speaks for it. */
    private static Optional<FileKind> ofText(String line) {
        String text = line.startsWith(BYTE_ORDER_MARK) ? line.substring(1) : line;
        String first = text.stripLeading();
        if (first.startsWith("{") || first.startsWith("[")) return Optional.of(FileKind.JSON);
        boolean parted = text.chars().anyMatch(c -> DELIMITERS.indexOf(c) >= 0);
        boolean binary = text.chars().anyMatch(c -> c < ' ' && c != '\t' && c != '\r' && c != '\n');
        return parted && !binary ? Optional.of(FileKind.CSV) : Optional.empty();
    }

    private static byte[] peek(BufferedInputStream stream, int bytes) throws IOException {
        stream.mark(bytes);
        byte[] first = stream.readNBytes(bytes);
        stream.reset();
        return first;
    }

    /** The first line, as far as it is looked at; lines before it that are empty come with it. */
    private static String line(BufferedInputStream stream) throws IOException {
        stream.mark(MOST_OF_A_LINE);
        ByteArrayOutputStream line = new ByteArrayOutputStream();
        boolean ended = false;
        while (!ended && line.size() < MOST_OF_A_LINE) {
            int next = stream.read();
            ended = next < 0 || next == '\n' && line.size() > 0;
            if (next >= 0 && next != '\n') line.write(next);
        }
        stream.reset();
        return line.toString(StandardCharsets.UTF_8);
    }
}
