package io.partd.flight.wire;

import io.partd.flight.ServerOptions.Right;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

class TokenFileTest {
    @TempDir
    Path directory;

    private Map<String, Set<Right>> read(String text) throws IOException {
        return TokenFile.read(Files.writeString(directory.resolve("tokens"), text), Right.class, Set.of(Right.READ));
    }

    @Test
    void aTokenAlone() throws IOException {
        assertEquals(Map.of("abc", Set.of(Right.READ)), read(" abc\n"));
    }

    @Test
    void rightsOfEachLine() throws IOException {
        String text = """
                # who reads, and who may do more

                reader
                writer\tread,append
                cleaner remove\r
                reader append
                """;
        assertEquals(
                Map.of(
                        "reader", Set.of(Right.READ, Right.APPEND),
                        "writer", Set.of(Right.READ, Right.APPEND),
                        "cleaner", Set.of(Right.REMOVE)),
                read(text));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "# nothing",
                "fine\ns3cret s3cret s3cret",
                "fine\ns3cret read,",
                "fine\ns3cret s3cret",
                "fine\ns3cret READ",
                "fine\ns3cr\u00e9t"
            })
    void whatIsNoneOfThisIsRefusedAndNotRepeated(String text) {
        String message =
                assertThrows(UncheckedIOException.class, () -> read(text)).getMessage();
        assertTrue(message.contains("tokens"), message);
        assertEquals(text.startsWith("fine"), message.contains(", line 2"), message);
        assertFalse(message.contains("s3cr"), "no secret in a message");
    }

    @Test
    void aFileThatIsNotThere() {
        String message = assertThrows(
                        UncheckedIOException.class,
                        () -> TokenFile.read(directory.resolve("none"), Right.class, Set.of(Right.READ)))
                .getMessage();
        assertTrue(message.contains("there is no file ") && message.endsWith("none"), message);
    }
}
