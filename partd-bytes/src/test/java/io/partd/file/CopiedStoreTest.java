package io.partd.file;

import io.partd.Bytes;
import io.partd.FilePartd;
import io.partd.Partds;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.SortedMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.junit.jupiter.api.Assertions.assertEquals;

/** Copies of stores that were made file by file, while somebody used them. */
class CopiedStoreTest {
    @TempDir
    Path temporary;

    /** The stamps that are given out in the copy are later than the drop. */
    @Test
    void aControlFileThatIsOlderThanTheManifest() throws IOException {
        Path original = temporary.resolve("original");
        SortedMap<String, byte[]> copied;
        try (FilePartd store = Partds.file(original)) {
            store.append("old", Bytes.utf8("old"));
            byte[] control = Files.readAllBytes(original.resolve(ControlFile.FILE));
            store.drop();
            copied = StoreFiles.take(original);
            copied.put(ControlFile.FILE, control);
        }
        Path copy = temporary.resolve("copy");
        StoreFiles.put(copied, copy);
        try (FilePartd store = Partds.file(copy)) {
            store.append("k", Bytes.utf8("v1"));
            store.append("k", Bytes.utf8("v2"));
            assertEquals("v1v2", store.get("k").toUtf8());
        }
        assertEquals(Map.of("k", Bytes.utf8("v1v2")), StoreFiles.content(copy));
    }
}
