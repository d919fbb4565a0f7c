package io.partd.benchmarks.peers;

import io.partd.Bytes;
import java.io.ByteArrayOutputStream;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.h2.mvstore.MVMap;
import org.h2.mvstore.MVStore;

/**
 * H2's store of maps. Its values do not grow, so that each append makes a new entry: the number of the key, then that
 * of the append. The store writes in the background, and is committed when all is appended.
 */
final class MvStorePeer implements BytePeer<Map<String, byte[]>> {
    /** The number of a key, and how many entries it has. */
    private record Slot(long number, AtomicInteger entries) {
        long first() {
            return number << Integer.SIZE;
        }
    }

    private final Map<String, Slot> slots = new HashMap<>();
    private MVStore store;
    private MVMap<Long, byte[]> map;

    @Override
    public Map<String, byte[]> batch(Map<String, Bytes> values) {
        Map<String, byte[]> batch = new HashMap<>();
        values.forEach((key, value) -> batch.put(key, value.toArray()));
        return batch;
    }

    @Override
    public void open(Path directory, List<String> keys, long memoryLimit) {
        store = new MVStore.Builder()
                .fileName(directory.resolve("store.mv").toString())
                .open();
        map = store.openMap("values");
        slots.clear();
        for (String key : keys) slots.put(key, new Slot(slots.size(), new AtomicInteger()));
    }

    @Override
    public void append(Map<String, byte[]> batch) {
        batch.forEach((key, value) -> {
            Slot slot = slots.get(key);
            map.put(slot.first() + slot.entries().getAndIncrement(), value);
        });
    }

    @Override
    public void settle() {
        store.commit();
    }

    @Override
    public byte[] get(String key) {
        Slot slot = slots.get(key);
        int entries = slot.entries().get();
        ByteArrayOutputStream value = new ByteArrayOutputStream();
        if (entries == 0) return value.toByteArray();
        var cursor = map.cursor(slot.first(), slot.first() + entries - 1, false);
        for (Iterator<Long> keys = cursor; keys.hasNext(); ) {
            keys.next();
            value.writeBytes(cursor.getValue());
        }
        return value.toByteArray();
    }

    @Override
    public void close() {
        if (store != null) store.close();
        store = null;
    }
}
