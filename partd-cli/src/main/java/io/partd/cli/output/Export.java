package io.partd.cli.output;

import io.partd.Progress;
import io.partd.cli.common.DuckDb;
import io.partd.cli.common.Errors;
import io.partd.cli.common.Failure;
import io.partd.cli.common.Memory;
import io.partd.cli.common.Output;
import io.partd.cli.store.StoreView.TableSource;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.channels.WritableByteChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import org.apache.arrow.c.ArrowArrayStream;
import org.apache.arrow.c.Data;
import org.apache.arrow.memory.BufferAllocator;
import org.apache.arrow.vector.ipc.ArrowFileWriter;
import org.apache.arrow.vector.ipc.ArrowReader;
import org.apache.arrow.vector.ipc.ArrowStreamWriter;
import org.apache.arrow.vector.ipc.ArrowWriter;
import org.duckdb.DuckDBConnection;

/** Writes tables of a store as files of a format. */
public final class Export implements AutoCloseable {
    private static final String VIEW = "partd_rows";

    private final TableSource tables;
    private final BufferAllocator allocator;
    private final ExportFormat format;
    private final Progress progress;
    /** Null where Arrow is written. */
    private final Connection duckDb;

    private long rows;
    private long bytes;

    public Export(TableSource tables, BufferAllocator allocator, ExportFormat format, Memory memory, Progress progress)
            throws SQLException {
        this.tables = tables;
        this.allocator = allocator;
        this.format = format;
        this.progress = progress;
        this.duckDb = format == ExportFormat.arrow ? null : DuckDb.connect(memory);
    }

    /** @throws Failure if a file cannot be made there, or is there already and may not be replaced */
    public static void requirePlace(Path file, boolean replace) {
        Path parent = file.toAbsolutePath().getParent();
        if (!Files.isDirectory(parent)) throw new Failure("there is no directory " + parent + " for " + file);
        requireAbsent(file, replace);
    }

    /** @throws Failure if there is a file, which may not be replaced */
    public static void requireAbsent(Path file, boolean replace) {
        if (!replace && Files.exists(file)) throw new Failure(file + " is there already: --force replaces it");
    }

    /** How many rows were written. */
    public long rows() {
        return rows;
    }

    /** How many bytes the files have that were written. */
    public long bytes() {
        return bytes;
    }

    /**
     * Writes the rows of all keys to a file, which appears when it is complete.
     *
     * @param ifInterrupted what is said when the process is told to end before
     */
    public void toFile(List<String> keys, Path file, String ifInterrupted) throws Exception {
        String hidden = "." + file.getFileName() + "." + ProcessHandle.current().pid() + ".tmp";
        try (UnfinishedFile made = new UnfinishedFile(file.resolveSibling(hidden), ifInterrupted)) {
            write(keys, file, made.path());
            bytes += Files.size(made.path());
            made.keepAs(file);
        }
    }

    /** What fails is said of the file that the user named. */
    private void write(List<String> keys, Path file, Path made) throws IOException, SQLException {
        try {
            if (duckDb != null) {
                copy(keys, made, format.isText() ? ExportFormat.compression(file.toString()) : null);
                return;
            }
            try (FileChannel channel =
                    FileChannel.open(made, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE)) {
                arrow(keys, channel, !file.toString().endsWith(".arrows"));
            }
        } catch (IOException | SQLException e) {
            String reason = Errors.reason(e).replace(made.toString(), file.toString());
            throw new Failure(reason.contains(file.toString()) ? reason : file + ": " + reason, e);
        }
    }

    /** The same, to standard output. */
    public void toOutput(List<String> keys, String ifInterrupted) throws Exception {
        OutputStream out = Output.stream();
        if (duckDb == null) {
            try {
                arrow(keys, Channels.newChannel(out), false);
            } catch (IOException e) {
                throw Output.failed(e);
            }
            return;
        }
        // DuckDB writes to files by name only, and Parquet ends with what is known when all is written.
        try (UnfinishedFile made = new UnfinishedFile(Files.createTempFile("partd", "." + format), ifInterrupted)) {
            copy(keys, made.path(), null);
            try (InputStream in = Files.newInputStream(made.path())) {
                in.transferTo(out);
            } catch (IOException e) {
                throw Output.failed(e);
            }
        }
    }

    private void count(long more) {
        rows += more;
        progress.add(more);
    }

    private void arrow(List<String> keys, WritableByteChannel channel, boolean file) throws IOException {
        try (ArrowReader rows = new TableRows(tables, keys, allocator, this::count);
                ArrowWriter writer = file
                        ? new ArrowFileWriter(rows.getVectorSchemaRoot(), null, channel)
                        : new ArrowStreamWriter(rows.getVectorSchemaRoot(), null, channel)) {
            writer.start();
            while (rows.loadNextBatch()) writer.writeBatch();
            writer.end();
        }
    }

    private void copy(List<String> keys, Path file, String compression) throws SQLException {
        try (ArrowReader rows = new TableRows(tables, keys, allocator, this::count);
                ArrowArrayStream stream = ArrowArrayStream.allocateNew(allocator);
                Statement statement = duckDb.createStatement()) {
            Data.exportArrayStream(allocator, rows, stream);
            duckDb.unwrap(DuckDBConnection.class).registerArrowStream(VIEW, stream);
            statement.execute("COPY (SELECT * FROM " + VIEW + ") TO " + DuckDb.literal(file.toString()) + " ("
                    + options(compression) + ")");
            statement.execute("DROP VIEW " + VIEW);
        } catch (IOException e) {
            throw new Failure("cannot read the store: " + e.getMessage(), e);
        }
    }

    private String options(String compression) {
        String how = compression == null ? "" : ", COMPRESSION " + compression;
        return switch (format) {
            case csv -> "FORMAT csv, HEADER true" + how;
            case json -> "FORMAT json" + how;
            default -> "FORMAT parquet, COMPRESSION zstd";
        };
    }

    @Override
    public void close() throws SQLException {
        if (duckDb != null) duckDb.close();
    }
}
