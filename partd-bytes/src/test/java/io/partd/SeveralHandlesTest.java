package io.partd;

import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

/** One handle changes the set of segments while another goes on writing to its own. */
class SeveralHandlesTest {
    @TempDir
    Path directory;

    private FilePartd one;
    private FilePartd two;

    @BeforeEach
    void open() {
        one = Partds.file(directory);
        two = Partds.file(directory);
    }

    /** The writer removes its replaced segment by itself; what the others know of it must not make them fail. */
    @Test
    void flushAndFiguresAfterADropByAnother() {
        one.append("k", Bytes.utf8("dropped"));
        two.drop();
        two.flush();
        assertEquals(0, two.stats().liveBytes());
        one.append("k", Bytes.utf8("kept"));
        two.flush();
        one.flush();
        assertEquals(4, two.stats().liveBytes());
        assertEquals(4, one.stats().liveBytes());
        closeAndExpect("kept");
    }

    @Test
    void flushAndFiguresAfterACompactionByAnother() {
        one.append("k", Bytes.utf8("a"));
        two.append("k", Bytes.utf8("b"));
        two.compact();
        assertEquals(1, two.stats().chunksPerKey().get("k"));
        two.flush();
        one.append("k", Bytes.utf8("c"));
        two.flush();
        one.flush();
        assertEquals(3, two.stats().liveBytes());
        two.compact();
        one.append("k", Bytes.utf8("d"));
        two.compact();
        assertTrue(one.stats().segments() <= 3, () -> "left: " + one.stats());
        closeAndExpect("abcd");
    }

    private void closeAndExpect(String value) {
        assertEquals(Bytes.utf8(value), one.get("k"));
        assertEquals(Bytes.utf8(value), two.get("k"));
        one.close();
        two.close();
        assertEquals(Map.of("k", Bytes.utf8(value)), StoreFiles.content(directory));
    }
}
