package io.partd.benchmarks.sidebyside;

import io.partd.Bytes;
import io.partd.benchmarks.data.DoubleArrays;
import io.partd.benchmarks.data.Sizes;
import io.partd.benchmarks.data.Sources;
import io.partd.benchmarks.data.Tables;
import io.partd.benchmarks.data.Task;
import io.partd.benchmarks.peers.ByteArrays;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.apache.arrow.memory.ArrowBuf;
import org.apache.arrow.vector.FieldVector;
import org.apache.arrow.vector.FixedWidthVector;
import org.apache.arrow.vector.VarCharVector;
import org.apache.arrow.vector.VectorSchemaRoot;

/** The data that all peers get, in files that Python reads. */
final class PythonData {
    private PythonData() {}

    /** The program that runs Python's partd. */
    static Path script() {
        return Path.of(System.getProperty("partd.benchmark.python", "benchmarks/python"))
                .resolve("peer.py");
    }

    /** Whether a Python has what the program needs. */
    static boolean isInstalled(String python) throws InterruptedException {
        try {
            Process process = new ProcessBuilder(python, "-c", "import partd, numpy, pandas")
                    .redirectErrorStream(true)
                    .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                    .start();
            return process.waitFor(60, TimeUnit.SECONDS) && process.exitValue() == 0;
        } catch (IOException e) {
            return false; // there is no such program
        }
    }

    /** Adds to a task how much of the data there is, and how it is laid out. */
    static Task describe(Task task) {
        Sizes sizes = task.sizes();
        return task.with("smallAppends", sizes.smallAppends())
                .with("chunkBytes", sizes.chunkBytes())
                .with("chunkTotal", sizes.chunkTotal())
                .with("arrayAppends", sizes.tables().arrayAppends())
                .with("arrayLength", sizes.tables().arrayLength())
                .with("batches", sizes.tables().batches())
                .with("batchRows", sizes.tables().batchRows());
    }

    static void write(Sizes sizes, Path directory) throws IOException {
        Sources sources = new Sources(sizes);
        try (OutputStream small = open(directory, "small")) {
            for (Map<String, Bytes> batch : sources.small()) {
                for (Bytes value : batch.values()) small.write(value.toArray());
            }
        }
        try (OutputStream chunks = open(directory, "chunks")) {
            for (byte[] chunk : sources.arrays()) chunks.write(chunk);
        }
        try (OutputStream arrays = open(directory, "arrays")) {
            for (Map<String, double[]> batch : DoubleArrays.batches(sizes)) {
                for (double[] array : batch.values()) arrays.write(bytes(array));
            }
        }
        try (Tables tables = new Tables(sizes.tables())) {
            for (FieldVector column : tables.batches().get(0).getFieldVectors()) {
                writeColumn(tables.batches(), column.getName(), directory);
            }
        }
    }

    private static OutputStream open(Path directory, String name) throws IOException {
        return Files.newOutputStream(directory.resolve(name));
    }

    private static byte[] bytes(double[] array) {
        return ByteArrays.bytes(array).toArray();
    }

    /** The values one after the other; all texts are equally long. */
    private static void writeColumn(List<VectorSchemaRoot> batches, String name, Path directory) throws IOException {
        try (OutputStream out = open(directory, name)) {
            for (VectorSchemaRoot batch : batches) {
                FieldVector column = batch.getVector(name);
                ArrowBuf values = column.getDataBuffer();
                long size = column instanceof VarCharVector texts
                        ? texts.getOffsetBuffer().getInt(4L * batch.getRowCount())
                        : batch.getRowCount() * (long) ((FixedWidthVector) column).getTypeWidth();
                byte[] bytes = new byte[Math.toIntExact(size)];
                values.getBytes(0, bytes);
                out.write(bytes);
            }
        }
    }
}
