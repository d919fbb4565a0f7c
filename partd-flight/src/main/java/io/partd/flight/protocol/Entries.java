package io.partd.flight.protocol;

import io.partd.Bytes;
import io.partd.flight.wire.Pieces;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The values and heads of an append as they go over the wire: a directory of all of them, and then their bytes, one
 * after the other.
 */
public record Entries(Map<String, Bytes> values, Map<String, Bytes> heads) {
    private static final byte VALUE = 0;
    private static final byte HEAD = 1;
    /** Kind, key length, length. */
    private static final int FIXED = 1 + 2 + 8;

    /** The directory of an append. */
    public static byte[] directory(Map<String, Bytes> values, Map<String, Bytes> heads) {
        List<byte[]> keys = new ArrayList<>(values.size() + heads.size());
        for (String key : values.keySet()) keys.add(key.getBytes(StandardCharsets.UTF_8));
        for (String key : heads.keySet()) keys.add(key.getBytes(StandardCharsets.UTF_8));
        long size = 0;
        for (byte[] key : keys) size += FIXED + key.length;
        ByteBuffer out = ByteBuffer.allocate(Math.toIntExact(size)).order(ByteOrder.LITTLE_ENDIAN);
        int next = 0;
        for (Bytes value : values.values()) put(out, VALUE, keys.get(next++), value.size());
        for (Bytes head : heads.values()) put(out, HEAD, keys.get(next++), head.size());
        return out.array();
    }

    private static void put(ByteBuffer out, byte kind, byte[] key, long size) {
        out.put(kind).putShort((short) key.length).put(key).putLong(size);
    }

    /**
     * Reads what was received, whose memory the entries refer to.
     *
     * @throws IllegalArgumentException if it is not as announced
     */
    public static Entries read(List<ByteBuffer> body, int directorySize) {
        Pieces pieces = new Pieces(body);
        if (directorySize > pieces.remaining()) throw malformed("it is longer than what was sent");
        ByteBuffer directory = ByteBuffer.wrap(pieces.bytes(directorySize)).order(ByteOrder.LITTLE_ENDIAN);
        Entries entries = new Entries(new LinkedHashMap<>(), new LinkedHashMap<>());
        while (directory.hasRemaining()) entries.read(directory, pieces);
        if (pieces.remaining() > 0) throw malformed(pieces.remaining() + " bytes belong to no key");
        return entries;
    }

    private void read(ByteBuffer directory, Pieces pieces) {
        if (directory.remaining() < FIXED) throw malformed("it ends within an entry");
        byte kind = directory.get();
        if (kind != VALUE && kind != HEAD) throw malformed("an entry is of kind " + kind);
        int keySize = Short.toUnsignedInt(directory.getShort());
        if (directory.remaining() < keySize + 8) throw malformed("it ends within an entry");
        String key = text(directory.slice(directory.position(), keySize));
        long size = directory.position(directory.position() + keySize).getLong();
        if (size < 0 || size > pieces.remaining()) {
            throw malformed("an entry has " + size + " bytes and " + pieces.remaining() + " follow");
        }
        Bytes bytes = Bytes.of(pieces.slices(size).toArray(ByteBuffer[]::new));
        if ((kind == VALUE ? values : heads).put(key, bytes) != null) throw malformed("it has a key twice");
    }

    private static String text(ByteBuffer utf8) {
        try {
            return StandardCharsets.UTF_8.newDecoder().decode(utf8).toString();
        } catch (CharacterCodingException e) {
            throw malformed("a key is not UTF-8");
        }
    }

    private static IllegalArgumentException malformed(String reason) {
        return new IllegalArgumentException("the directory of the append is malformed: " + reason);
    }
}
