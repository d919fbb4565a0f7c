package io.partd.codec;

import io.partd.Bytes;
import java.nio.ByteBuffer;
import java.util.Iterator;
import java.util.zip.DataFormatException;
import java.util.zip.Deflater;
import java.util.zip.Inflater;

/**
 * The zlib format, RFC 1950, by the JDK: what Python's {@code zlib.compress} writes and {@code zlib.decompress} reads.
 */
public final class ZlibCodec extends ByteCodec {
    /** zlib's own choice between speed and size, today that of level 6. */
    public static final int DEFAULT_LEVEL = Deflater.DEFAULT_COMPRESSION;

    private final int level;

    /** Levels are -1 for the default, or 0 (stored) to 9 (smallest). */
    public ZlibCodec(int level) {
        super("zlib");
        this.level = level("zlib", level, DEFAULT_LEVEL, Deflater.BEST_COMPRESSION);
    }

    @Override
    Bytes compress(Bytes raw) {
        GrowingOutput out = GrowingOutput.compressed(raw.size() / 2);
        Deflater deflater = new Deflater(level);
        try {
            for (ByteBuffer part : raw.buffers()) {
                deflater.setInput(part);
                while (!deflater.needsInput()) drain(deflater, out);
            }
            deflater.finish();
            while (!deflater.finished()) drain(deflater, out);
        } finally {
            deflater.end();
        }
        return out.toBytes();
    }

    private static void drain(Deflater deflater, GrowingOutput out) {
        byte[] dst = out.array();
        out.advance(deflater.deflate(dst, out.position(), dst.length - out.position()));
    }

    @Override
    Bytes decompress(Bytes payload, int limit) {
        GrowingOutput out = GrowingOutput.decoded(name(), 4 * payload.size(), limit);
        Inflater inflater = new Inflater();
        try {
            inflate(inflater, payload, out);
        } catch (DataFormatException e) {
            throw corrupt(inflater.getBytesRead(), "this is not a zlib stream: " + e.getMessage());
        } finally {
            inflater.end();
        }
        return out.toBytes();
    }

    private void inflate(Inflater inflater, Bytes payload, GrowingOutput out) throws DataFormatException {
        Iterator<ByteBuffer> parts = payload.buffers().iterator();
        while (!inflater.finished()) {
            if (inflater.needsInput()) {
                if (!parts.hasNext()) throw corrupt(payload.size(), "the zlib stream is cut off");
                inflater.setInput(parts.next());
            }
            byte[] dst = out.array();
            int count = inflater.inflate(dst, out.position(), dst.length - out.position());
            out.advance(count);
            if (inflater.needsDictionary()) throw corrupt(inflater.getBytesRead(), "it needs a preset dictionary");
        }
        if (inflater.getBytesRead() != payload.size()) {
            throw corrupt(inflater.getBytesRead(), "something follows the end of the zlib stream");
        }
    }
}
