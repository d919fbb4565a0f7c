package io.partd.disk;

import io.partd.testing.Patience;
import io.partd.testing.Traced;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.FutureTask;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.junit.jupiter.api.Assertions.assertEquals;

/** Interrupts close a file that is being written, and it may be impossible to open it again. */
@Tag("optional")
class LocalSinkTest {
    @TempDir
    Path temporary;

    /** What is written may have been read: to say that it failed would be wrong. */
    @Test
    void allIsWrittenAndNoFileCanBeOpenedAnyMore() throws Exception {
        Path file = temporary.resolve("file");
        List<String> flags = List.of(
                "-P",
                file.toString(),
                "-e",
                "inject=openat:error=EMFILE:when=2+",
                "-e",
                "inject=writev:delay_exit=1000000");
        Traced.run(temporary, flags, Main.class, file.toString());
        assertEquals("whole", Files.readString(file));
    }

    /** Is interrupted when the file has its bytes, and the call has not returned yet. */
    static final class Main {
        private Main() {}

        public static void main(String[] args) throws Exception {
            Path file = Path.of(args[0]);
            FutureTask<Void> writing = new FutureTask<>(() -> write(file));
            Thread writer = new Thread(writing);
            writer.start();
            Patience.until("the file has bytes", () -> Files.exists(file) && Files.size(file) > 0);
            writer.interrupt();
            writing.get();
        }

        private static Void write(Path file) throws IOException {
            LocalSink sink = new LocalSink(file);
            sink.write(buffers("who", "le"), 2);
            if (!Thread.currentThread().isInterrupted()) throw new AssertionError("not interrupted");
            try {
                sink.write(buffers("more", "and more"), 2);
            } catch (IOException e) {
                return null;
            }
            throw new AssertionError("the file was open all the time");
        }

        private static ByteBuffer[] buffers(String first, String second) {
            return new ByteBuffer[] {
                ByteBuffer.wrap(first.getBytes(US_ASCII)), ByteBuffer.wrap(second.getBytes(US_ASCII))
            };
        }
    }
}
