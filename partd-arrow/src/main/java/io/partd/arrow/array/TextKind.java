package io.partd.arrow.array;

import java.nio.charset.StandardCharsets;
import org.apache.arrow.vector.types.pojo.ArrowType;

/** Arrays of texts, stored as UTF-8. */
final class TextKind extends VariableKind<String> {
    TextKind() {
        super(String[].class, ArrowType.Utf8.INSTANCE);
    }

    @Override
    public void check(String[] array, String key) {
        for (int i = 0; i < array.length; i++) {
            if (array[i] == null || size(array[i]) >= 0) continue;
            throw new IllegalArgumentException("key \"" + key + "\": element " + i
                    + " has a lone surrogate, which UTF-8 cannot hold: use well-formed Unicode");
        }
    }

    /** The bytes of the text, or a negative number where it is not well-formed. */
    @Override
    long size(String value) {
        int length = value.length();
        long size = length;
        for (int i = 0; i < length; i++) {
            char c = value.charAt(i);
            if (c < 0x80) continue;
            if (!Character.isSurrogate(c)) {
                size += c < 0x800 ? 1 : 2;
            } else {
                if (!Character.isHighSurrogate(c) || ++i == length || !Character.isLowSurrogate(value.charAt(i))) {
                    return -1;
                }
                size += 2;
            }
        }
        return size;
    }

    @Override
    byte[] encode(String value) {
        return value.getBytes(StandardCharsets.UTF_8);
    }

    @Override
    String decode(long address, int size, byte[] buffer) {
        byte[] bytes = size <= buffer.length ? buffer : new byte[size];
        HeapArrays.BYTES.read(address, bytes, 0, size);
        return new String(bytes, 0, size, StandardCharsets.UTF_8);
    }
}
