package io.partd.cli.output;

import io.partd.cli.common.DuckDb;
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
import java.nio.file.StandardCopyOption;
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
    /** Null where Arrow is written. */
    private final Connection duckDb;

    public Export(TableSource tables, BufferAllocator allocator, ExportFormat format, Memory memory)
            throws SQLException {
        this.tables = tables;
        this.allocator = allocator;
        this.format = format;
        this.duckDb = format == ExportFormat.arrow ? null : DuckDb.connect(memory);
    }

    /** Writes the rows of all keys to a file, which appears when it is complete. */
    public void toFile(List<String> keys, Path file) throws Exception {
        Path made = file.resolveSibling(
                "." + file.getFileName() + "." + ProcessHandle.current().pid() + ".tmp");
        try {
            if (duckDb != null) {
                copy(keys, made);
            } else {
                try (FileChannel channel =
                        FileChannel.open(made, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE)) {
                    arrow(keys, channel, !file.toString().endsWith(".arrows"));
                }
            }
            Files.move(made, file, StandardCopyOption.REPLACE_EXISTING);
        } finally {
            Files.deleteIfExists(made);
        }
    }

    public void toOutput(List<String> keys) throws Exception {
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
        Path made = Files.createTempFile("partd", "." + format);
        try {
            copy(keys, made);
            try (InputStream in = Files.newInputStream(made)) {
                in.transferTo(out);
            } catch (IOException e) {
                throw Output.failed(e);
            }
        } finally {
            Files.deleteIfExists(made);
        }
    }

    private void arrow(List<String> keys, WritableByteChannel channel, boolean file) throws IOException {
        try (ArrowReader rows = new TableRows(tables, keys, allocator);
                ArrowWriter writer = file
                        ? new ArrowFileWriter(rows.getVectorSchemaRoot(), null, channel)
                        : new ArrowStreamWriter(rows.getVectorSchemaRoot(), null, channel)) {
            writer.start();
            while (rows.loadNextBatch()) writer.writeBatch();
            writer.end();
        }
    }

    private void copy(List<String> keys, Path file) throws SQLException {
        try (ArrowReader rows = new TableRows(tables, keys, allocator);
                ArrowArrayStream stream = ArrowArrayStream.allocateNew(allocator);
                Statement statement = duckDb.createStatement()) {
            Data.exportArrayStream(allocator, rows, stream);
            duckDb.unwrap(DuckDBConnection.class).registerArrowStream(VIEW, stream);
            statement.execute(
                    "COPY (SELECT * FROM " + VIEW + ") TO " + DuckDb.literal(file.toString()) + " (" + options() + ")");
            statement.execute("DROP VIEW " + VIEW);
        } catch (IOException e) {
            throw new Failure("cannot read the store: " + e.getMessage(), e);
        }
    }

    private String options() {
        return switch (format) {
            case csv -> "FORMAT csv, HEADER true";
            case json -> "FORMAT json";
            default -> "FORMAT parquet, COMPRESSION zstd";
        };
    }

    @Override
    public void close() throws SQLException {
        if (duckDb != null) duckDb.close();
    }
}
