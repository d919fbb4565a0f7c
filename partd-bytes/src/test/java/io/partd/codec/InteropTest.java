package io.partd.codec;

import io.partd.Bytes;
import io.partd.Partd;
import io.partd.Partds;
import io.partd.testing.MapPartd;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

/**
 * Others read what is written here, and the reverse: Python's partd through a folder of its {@code File} store, and the
 * tools lz4 and zstd. Needs Debian's python3-partd, python3-snappy, python3-blosc, lz4 and zstd, and fails without
 * them.
 */
@Tag("optional")
class InteropTest {
    private static final String PYTHON = "/usr/bin/python3"; // the one that Debian's packages belong to

    @TempDir
    Path folder;

    static Stream<Arguments> codecs() {
        return Stream.of(
                Arguments.of("snappy", (UnaryOperator<Partd<Bytes>>) Partds::snappy),
                Arguments.of("zlib", (UnaryOperator<Partd<Bytes>>) Partds::zlib),
                Arguments.of("bz2", (UnaryOperator<Partd<Bytes>>) Partds::bz2),
                Arguments.of("blosc", (UnaryOperator<Partd<Bytes>>) Partds::blosc));
    }

    private static byte[] value() {
        byte[] text = Codecs.text(new Random(1), 300_000);
        byte[] value = new byte[700_000];
        System.arraycopy(text, 0, value, 0, text.length);
        new Random(2).nextBytes(text);
        System.arraycopy(text, 0, value, 400_000, text.length);
        return value;
    }

    @ParameterizedTest
    @MethodSource("codecs")
    void pythonReadsOurFrames(String codec, UnaryOperator<Partd<Bytes>> wrapper) throws Exception {
        MapPartd inner = new MapPartd();
        Partd<Bytes> store = wrapper.apply(inner);
        byte[] value = value();
        for (int from = 0; from < value.length; from += 100_000) {
            store.append("x", Bytes.of(value).slice(from, from + 100_000));
            store.append("x", Bytes.EMPTY);
        }
        Path store2 = Files.createDirectory(folder.resolve("store"));
        Files.write(store2.resolve("x"), inner.get("x").toArray());
        python("read", codec);
        assertEquals(Bytes.of(value), Bytes.of(Files.readAllBytes(folder.resolve("raw"))));
    }

    @ParameterizedTest
    @MethodSource("codecs")
    void weReadPythonsFrames(String codec, UnaryOperator<Partd<Bytes>> wrapper) throws Exception {
        Files.write(folder.resolve("raw"), value());
        python("write", codec);
        MapPartd inner = new MapPartd();
        inner.append("x", Bytes.of(Files.readAllBytes(folder.resolve("store/x"))));
        assertEquals(Bytes.of(value()), wrapper.apply(inner).get("x"));
    }

    private void python(String action, String codec) throws Exception {
        Path script = folder.resolve("partd_files.py");
        try (InputStream in = InteropTest.class.getResourceAsStream("/interop/partd_files.py")) {
            Files.copy(in, script, StandardCopyOption.REPLACE_EXISTING);
        }
        run(
                folder.resolve("output"),
                PYTHON,
                script.toString(),
                action,
                codec,
                folder.resolve("store").toString(),
                folder.resolve("raw").toString());
    }

    @Test
    void theToolsReadOurPayloadsAndWeTheirs() throws Exception {
        tool("lz4", Partds::lz4);
        tool("zstd", Partds::zstd);
    }

    private void tool(String tool, UnaryOperator<Partd<Bytes>> wrapper) throws Exception {
        MapPartd inner = new MapPartd();
        wrapper.apply(inner).append("x", Bytes.of(value()));
        Path payload = folder.resolve("payload");
        Files.write(payload, new FrameReader(inner.get("x"), tool).next().toArray());
        Path raw = folder.resolve("raw");
        run(raw, tool, "-d", "-c", payload.toString());
        assertEquals(Bytes.of(value()), Bytes.of(Files.readAllBytes(raw)));
        run(payload, tool, "-z", "-c", raw.toString());
        inner.append("y", Frames.frame(List.of(Bytes.of(Files.readAllBytes(payload)))));
        assertEquals(Bytes.of(value()), wrapper.apply(inner).get("y"));
    }

    private void run(Path output, String... command) throws IOException, InterruptedException {
        Path errors = folder.resolve("errors");
        Process process = new ProcessBuilder(command)
                .redirectError(errors.toFile())
                .redirectOutput(output.toFile())
                .start();
        try {
            assertTrue(process.waitFor(60, TimeUnit.SECONDS), String.join(" ", command) + " hangs");
            assertEquals(0, process.exitValue(), String.join(" ", command) + ": " + Files.readString(errors));
        } finally {
            process.destroyForcibly();
        }
    }
}
