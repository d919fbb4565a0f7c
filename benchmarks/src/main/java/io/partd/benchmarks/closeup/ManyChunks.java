package io.partd.benchmarks.closeup;

import io.partd.Bytes;
import io.partd.Partd;
import io.partd.benchmarks.data.Sources;
import java.util.LinkedHashMap;
import java.util.Map;

/** Many chunks of 16 bytes, none of which lies behind another of its key. */
final class ManyChunks {
    private static final int KEYS = 1000;

    static final String KEY = Sources.keys(1).get(0);

    private ManyChunks() {}

    static void append(Partd<Bytes> store, int chunks) {
        Map<String, Bytes> batch = new LinkedHashMap<>();
        for (String key : Sources.keys(KEYS)) batch.put(key, Bytes.of(new byte[16]));
        for (int i = 0; i < chunks; i += KEYS) store.append(batch);
    }
}
