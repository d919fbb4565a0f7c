package io.partd.file;

import io.partd.Bytes;
import io.partd.Door;
import io.partd.FileOptions;
import io.partd.disk.LocalMedium;
import io.partd.log.Medium;
import io.partd.log.SegmentFormat;
import java.io.IOException;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;

/** A segment that cannot be finished well is left, and the next append goes on in another. */
class AppenderTest {
    @TempDir
    Path directory;

    /** What is thrown where a footer is made. */
    private Error failure;

    private final Map<String, Long> synced = new HashMap<>();

    /** Each append finishes the segment of the one before. */
    private Appender appender(Medium medium) {
        ControlFile control = new ControlFile(ByteBuffer.allocateDirect(ControlFile.SIZE));
        return new Appender(failing(medium), control, FileOptions.defaults().withSegmentBytes(1), 7, synced);
    }

    private Medium failing(Medium medium) {
        return (Medium) Proxy.newProxyInstance(
                Medium.class.getClassLoader(), new Class<?>[] {Medium.class}, (proxy, method, arguments) -> {
                    if (method.getName().equals("incarnation") && failure != null) throw failure;
                    try {
                        return method.invoke(medium, arguments);
                    } catch (InvocationTargetException e) {
                        throw e.getCause();
                    }
                });
    }

    private static void append(Appender appender, String value) throws IOException {
        appender.append(Door.content(Map.of("k", Bytes.utf8(value)), Map.of()));
    }

    private void check(String content) {
        assertEquals(Map.of("k", Bytes.utf8(content)), StoreFiles.content(directory));
        assertEquals(
                content.length(),
                StoreFiles.names(StoreFiles.take(directory), SegmentFormat.SEGMENT)
                        .size());
    }

    @Test
    void noMemoryForAFooter() throws IOException {
        try (Medium medium = new LocalMedium(directory)) {
            Appender appender = appender(medium);
            append(appender, "1");
            failure = new OutOfMemoryError("no memory");
            appender.finish();
            failure = null;
            append(appender, "2");
            append(appender, "3");
            appender.finish();
        }
        check("123");
    }

    @Test
    void anErrorInTheMiddleOfAFooter() throws IOException {
        try (Medium medium = new LocalMedium(directory)) {
            Appender appender = appender(medium);
            append(appender, "1");
            failure = new StackOverflowError("no stack");
            assertSame(failure, assertThrows(StackOverflowError.class, () -> append(appender, "x")));
            failure = null;
            append(appender, "2");
            appender.finish();
        }
        check("12");
    }
}
