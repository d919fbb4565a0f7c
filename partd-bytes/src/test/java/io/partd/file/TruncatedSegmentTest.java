package io.partd.file;

import io.partd.Bytes;
import io.partd.CorruptPartdException;
import io.partd.FilePartd;
import io.partd.Partds;
import io.partd.log.SegmentFormat;
import io.partd.testing.ChildProcess;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Somebody else cuts a segment that is mapped: that is an error, and not the end of the JVM. */
@Timeout(60)
class TruncatedSegmentTest {
    @TempDir
    Path directory;

    @Test
    void isCorruptAndKillsNobody() throws Exception {
        List<String> lines = new CopyOnWriteArrayList<>();
        try (ChildProcess child = ChildProcess.start(
                List.of("-XX:-CreateCoredumpOnCrash", "-XX:ErrorFile=" + directory.resolve("hs_err.log")),
                Main.class,
                lines::add,
                directory.resolve("store").toString())) {
            child.joinWell();
        }
    }

    /** Reads pieces of every kind out of a map before and after the file was cut. */
    static final class Main {
        private Main() {}

        public static void main(String[] args) throws IOException, InterruptedException {
            Path directory = Path.of(args[0]);
            try (FilePartd store = Partds.file(directory)) {
                for (int i = 0; i < 2000; i++) store.append("small", Bytes.of(new byte[1000]));
                store.append(Map.of("large", Bytes.of(new byte[3 << 20]), "raw", Bytes.of(new byte[3 << 20])));
            }
            try (FilePartd store = Partds.file(directory)) {
                List<Bytes> values = store.get(List.of("small", "large", "raw"));
                for (Bytes value : values) value.slice(0, 10).toArray();
                cut(directory);
                Thread.sleep(1100); // for a second after a look the file is taken for what it was
                expectCorrupt(() -> values.get(1).toArray());
                expectCorrupt(() -> values.get(0).toArray());
                expectCorrupt(() -> values.get(2).buffers());
                expectCorrupt(() -> values.get(1).newInputStream().readAllBytes());
                expectCorrupt(() -> store.get("small").toArray());
                expectCorrupt(() -> store.get("large").slice(0, 10).toArray());
            }
        }

        private static void cut(Path directory) throws IOException {
            try (Stream<Path> files = Files.list(directory)) {
                for (Path file : files.filter(path -> path.toString().endsWith(SegmentFormat.SEGMENT))
                        .toList()) {
                    try (var segment = new RandomAccessFile(file.toFile(), "rw")) {
                        segment.setLength(4096);
                    }
                }
            }
        }

        private interface Read {
            Object run() throws IOException;
        }

        private static void expectCorrupt(Read read) throws IOException {
            try {
                read.run();
            } catch (CorruptPartdException e) {
                if (e.getMessage().contains("lost bytes") && e.getMessage().contains(SegmentFormat.SEGMENT)) return;
                throw e;
            }
            throw new AssertionError("a file that was cut is read as if it were whole");
        }
    }
}
