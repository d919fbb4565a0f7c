package io.partd.flight.wire;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.HexFormat;

/** Files with certificates and tokens, which are small: one that is not is refused, whatever it is. */
public final class SmallFile {
    private static final int LARGEST = 4 << 20;

    private SmallFile() {}

    /** What is in it; the message of what this throws names the file. */
    static byte[] bytes(Path file) throws IOException {
        try (InputStream in = Files.newInputStream(file)) {
            byte[] bytes = in.readNBytes(LARGEST + 1);
            if (bytes.length > LARGEST) throw new IOException(file + ": it has more than " + LARGEST + " bytes");
            return bytes;
        } catch (NoSuchFileException e) {
            throw new IOException("there is no file " + file, e);
        } catch (AccessDeniedException e) {
            throw new IOException("no permission to read " + file, e);
        }
    }

    static InputStream stream(Path file) throws IOException {
        return new ByteArrayInputStream(bytes(file));
    }

    static String text(Path file) throws IOException {
        return new String(bytes(file), StandardCharsets.UTF_8);
    }

    /** What tells this content from any other, or that there is none. */
    public static String fingerprint(Path file) {
        try {
            return HexFormat.of().formatHex(Tokens.digest(bytes(file)));
        } catch (IOException e) {
            return "unreadable: " + e.getMessage();
        }
    }
}
