package io.partd.benchmarks.wire;

import io.partd.Bytes;
import io.partd.flight.FlightPartd;
import java.net.URI;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** A client of this project's server. */
final class FlightWire implements WireClient.Wire {
    private final FlightPartd store;
    private final List<String> keys = new ArrayList<>();

    FlightWire(String address, String client) {
        store = FlightPartd.connect(URI.create(address));
        for (int i = 0; i < WireClient.KEYS; i++) keys.add(client + "-" + i);
    }

    @Override
    public void append(ByteBuffer[] chunks) {
        Map<String, Bytes> values = new LinkedHashMap<>();
        for (int i = 0; i < chunks.length; i++) values.put(keys.get(i), Bytes.of(chunks[i]));
        store.append(values);
    }

    @Override
    public long get(int key) {
        return store.get(keys.get(key)).size();
    }

    @Override
    public void drop() {
        store.delete(keys);
    }

    @Override
    public void close() {
        store.close();
    }
}
