package io.partd.arrow.testing;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HexFormat;

/** Bytes that are equal by content: the canonical value of texts and binaries. */
public record BinaryValue(byte[] array) {
    public static BinaryValue of(String text) {
        return new BinaryValue(text.getBytes(StandardCharsets.UTF_8));
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof BinaryValue that && Arrays.equals(array, that.array);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(array);
    }

    /** The text where the bytes are printable ASCII, else hexadecimal. */
    @Override
    public String toString() {
        for (byte b : array) {
            if (b < ' ' || b > '~') return "0x" + HexFormat.of().formatHex(array);
        }
        return "'" + new String(array, StandardCharsets.US_ASCII) + "'";
    }
}
