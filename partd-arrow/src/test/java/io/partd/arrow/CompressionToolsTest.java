package io.partd.arrow;

import io.partd.arrow.compression.BufferCodec;
import io.partd.arrow.compression.Coding;
import io.partd.arrow.compression.Lz4Frames;
import io.partd.arrow.testing.GuardedMemory;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

/** The tools lz4 and zstd read the frames that are written here, and the reverse; fails without them. */
@Tag("optional")
class CompressionToolsTest {
    @TempDir
    Path folder;

    private static byte[] value() {
        byte[] value = GuardedMemory.text(new Random(1), 700_000);
        System.arraycopy(GuardedMemory.random(new Random(2), 200_000), 0, value, 300_000, 200_000);
        return value;
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "-BD -B4",
                "-BD -B4 -BX",
                "-BD -B5 -9",
                "-BD -B6 --content-size",
                "-BI -B4 -BX",
                "-BI -B7 -12",
                "-BD -B4 --no-frame-crc --fast=9"
            })
    void weReadFramesOfTheLz4Tool(String options) throws Exception {
        weRead("lz4", options.split(" "));
    }

    @Test
    void weReadFramesOfTheZstdTool() throws Exception {
        weRead("zstd", "-1");
        weRead("zstd", "-19", "--no-check");
    }

    private void weRead(String tool, String... options) throws Exception {
        byte[] value = value();
        Path raw = Files.write(folder.resolve("raw"), value);
        String[] command = concat(tool, options, "-q", "-f", "-c", raw.toString());
        byte[] buffer = Lz4Frames.buffer(value.length, run(command));
        assertArrayEquals(value, Coding.decompress(codec(tool), buffer));
    }

    @ParameterizedTest
    @MethodSource("io.partd.arrow.compression.Coding#all")
    void theToolsReadOurFrames(BufferCodec codec) throws Exception {
        byte[] buffer = Coding.compress(codec, value());
        Path frame = Files.write(folder.resolve("frame"), Arrays.copyOfRange(buffer, 8, buffer.length));
        String tool = codec.type().name().startsWith("LZ4") ? "lz4" : "zstd";
        assertArrayEquals(value(), run(tool, "-q", "-d", "-c", frame.toString()));
    }

    private static BufferCodec codec(String tool) {
        return BufferCodec.reading((byte) List.of("lz4", "zstd").indexOf(tool));
    }

    private static String[] concat(String first, String[] options, String... rest) {
        String[] command = new String[1 + options.length + rest.length];
        command[0] = first;
        System.arraycopy(options, 0, command, 1, options.length);
        System.arraycopy(rest, 0, command, 1 + options.length, rest.length);
        return command;
    }

    private byte[] run(String... command) throws IOException, InterruptedException {
        Path output = folder.resolve("output");
        Path errors = folder.resolve("errors");
        Process process = new ProcessBuilder(command)
                .redirectOutput(output.toFile())
                .redirectError(errors.toFile())
                .start();
        try {
            assertTrue(process.waitFor(60, TimeUnit.SECONDS), String.join(" ", command) + " hangs");
            assertEquals(0, process.exitValue(), String.join(" ", command) + ": " + Files.readString(errors));
            return Files.readAllBytes(output);
        } finally {
            process.destroyForcibly();
        }
    }
}
