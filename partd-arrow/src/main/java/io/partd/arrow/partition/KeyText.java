package io.partd.arrow.partition;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import org.apache.arrow.memory.util.MemoryUtil;

/** How values and names are written in keys and in the text of a partitioner. */
public final class KeyText {
    /** The key of a null, and its part of a composite key. */
    static final String NULL = "\\N";

    private static final String EMPTY = "\\E";

    private KeyText() {}

    /** The text as a key: never empty, and never the one of a null. */
    static String escape(String text) {
        if (text.isEmpty()) return EMPTY;
        return text.charAt(0) == '\\' ? '\\' + text : text;
    }

    /** The text in double quotes, as in JSON, with nothing in it that could not be stored as UTF-8 or shown. */
    public static String quote(String text) {
        StringBuilder quoted = new StringBuilder("\"");
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c == '"' || c == '\\') quoted.append('\\').append(c);
            else if (Character.isISOControl(c) || isUnpaired(text, i))
                quoted.append(String.format(Locale.ROOT, "\\u%04x", (int) c));
            else quoted.append(c);
        }
        return quoted.append('"').toString();
    }

    private static boolean isUnpaired(String text, int at) {
        char c = text.charAt(at);
        if (Character.isHighSurrogate(c)) {
            return at + 1 == text.length() || !Character.isLowSurrogate(text.charAt(at + 1));
        }
        return Character.isLowSurrogate(c) && (at == 0 || !Character.isHighSurrogate(text.charAt(at - 1)));
    }

    /** The text of UTF-8 bytes. */
    static String decode(long address, int length) throws CharacterCodingException {
        return StandardCharsets.UTF_8
                .newDecoder()
                .decode(ByteBuffer.wrap(bytes(address, length)))
                .toString();
    }

    /** A copy of the bytes. */
    static byte[] bytes(long address, int length) {
        byte[] bytes = new byte[length];
        MemoryUtil.copyFromMemory(address, bytes, 0, length);
        return bytes;
    }
}
