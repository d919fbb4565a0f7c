package io.partd.codec;

import io.partd.Bytes;
import io.partd.Encoding;
import io.partd.Partd;
import io.partd.memory.Snapshots;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.function.Supplier;

/**
 * A byte store behind a byte codec. A long value becomes several frames, so that coding one frame needs a bounded
 * amount of memory.
 */
public final class CodecPartd extends EncodedPartd<Bytes> implements Snapshots {
    /**
     * The most raw bytes in one frame. Readers accept frames of up to 1 GiB; at this size another frame costs next to
     * nothing, and coding one little memory.
     */
    static final long FRAME_BYTES = 64L << 20;

    private final long frameBytes;

    public CodecPartd(Partd<Bytes> inner, Encoding<Bytes> codec, String layer) {
        this(inner, codec, layer, FRAME_BYTES);
    }

    CodecPartd(Partd<Bytes> inner, Encoding<Bytes> codec, String layer, long frameBytes) {
        super(inner, codec, layer);
        this.frameBytes = frameBytes;
    }

    @Override
    List<Bytes> payloads(Bytes value) {
        List<Bytes> payloads = new ArrayList<>(1);
        for (long from = 0; from < value.size(); from += frameBytes) {
            payloads.add(encoding.encode(value.slice(from, Math.min(value.size(), from + frameBytes))));
        }
        return payloads;
    }

    @Override
    public List<Supplier<Bytes>> snapshots(Collection<String> keys) {
        List<String> asked = new ArrayList<>(keys);
        List<Supplier<Bytes>> stored = Snapshots.of(inner, asked);
        List<Supplier<Bytes>> handles = new ArrayList<>(asked.size());
        for (int i = 0; i < asked.size(); i++) {
            String key = asked.get(i);
            Supplier<Bytes> value = stored.get(i);
            handles.add(() -> decode(key, value.get()));
        }
        return handles;
    }
}
