package io.partd.file;

import io.partd.Bytes;
import io.partd.FilePartd;
import io.partd.Partd;
import io.partd.Partds;
import io.partd.testing.MapPartd;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;

/** What the contract cannot show of {@code removals()}: stores that do not count, and processes that were killed. */
class RemovalsTest {
    private static final int GENERATION_AT = 192;
    private static final int REMOVALS_AT = 448;

    @TempDir
    Path directory;

    private FilePartd one;
    private FilePartd two;

    @BeforeEach
    void open() {
        one = Partds.file(directory);
        two = Partds.file(directory);
        one.append("k", Bytes.utf8("v"));
        two.append("other", Bytes.utf8("v"));
    }

    @AfterEach
    void close() {
        one.close();
        two.close();
    }

    @Test
    void storesThatDoNotCountMoveAlways() {
        Partd<Bytes> store = new MapPartd();
        long before = store.removals();
        assertNotEquals(before, store.removals());
        try (Partd<Bytes> buffer = Partds.buffer(Partds.dict(), store, 100)) {
            before = buffer.removals();
            assertNotEquals(before, buffer.removals(), "nor does a layer on top hide that");
        }
    }

    @Test
    void aCompactionMayMoveItAndLosesNoDelete() {
        long before = one.removals();
        two.delete("k");
        two.compact();
        assertNotEquals(before, one.removals());
    }

    /** Killed after the record was written, and before the removal had ended. */
    @Test
    void aDeleteThatWasCutOffIsSeen() throws IOException {
        long word = word(REMOVALS_AT);
        long before = one.removals();
        two.delete("k");
        setWord(REMOVALS_AT, word + 1);
        long after = one.removals();
        assertNotEquals(before, after);
        two.append("k", Bytes.utf8("new"));
        assertEquals(after, one.removals(), "nothing more is gone");
        two.delete("k");
        assertEquals(word + 2, word(REMOVALS_AT), "it counts again");
        assertNotEquals(after, one.removals());
    }

    /** Killed between publishing the manifest and announcing it, which the next who opens the store does. */
    @Test
    void aDropThatIsAnnouncedLateIsSeen() throws IOException {
        long word = word(REMOVALS_AT);
        long generation = word(GENERATION_AT);
        long before = one.removals();
        two.drop();
        setWord(GENERATION_AT, generation);
        setWord(REMOVALS_AT, word);
        assertEquals(before, one.removals(), "it is not announced");
        Partds.file(directory).close();
        assertNotEquals(before, one.removals());
        assertEquals(Bytes.EMPTY, one.get("k"));
    }

    private long word(int at) throws IOException {
        try (RandomAccessFile control = control()) {
            control.seek(at);
            return Long.reverseBytes(control.readLong());
        }
    }

    private void setWord(int at, long value) throws IOException {
        try (RandomAccessFile control = control()) {
            control.seek(at);
            control.writeLong(Long.reverseBytes(value));
        }
    }

    private RandomAccessFile control() throws IOException {
        return new RandomAccessFile(directory.resolve(ControlFile.FILE).toFile(), "rw");
    }
}
