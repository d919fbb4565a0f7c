package io.partd.flight;

import io.partd.Bytes;
import io.partd.Partd;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.function.LongSupplier;

/**
 * The keys under which the store holds the records of appends: one for each stretch of time, taken away when it is old
 * enough. Safe for several threads.
 */
final class TokenLog {
    /** A record is kept at least as long as one stretch, and at most as long as two. */
    static final Duration KEPT = Duration.ofMinutes(10);

    private static final String PREFIX = Reserved.PREFIX + "appends\0";

    private final Partd<Bytes> store;
    private final LongSupplier clockMillis;
    private long newest;
    private String current;

    TokenLog(Partd<Bytes> store, LongSupplier clockMillis) {
        this.store = store;
        this.clockMillis = clockMillis;
    }

    /** All records that are stored, oldest first; those that are too old are taken away. */
    synchronized List<TokenRecord> load() {
        List<TokenRecord> records = new ArrayList<>();
        for (String key : keys()) newest = Math.max(newest, stretch(key));
        begin(Math.max(newest, now()));
        for (String key : keys()) records.addAll(TokenRecord.readAll(store.get(key)));
        return records;
    }

    private Collection<String> keys() {
        return new ArrayList<>(Reserved.only(store.keys()));
    }

    private long now() {
        return clockMillis.getAsLong() / KEPT.toMillis();
    }

    private static long stretch(String key) {
        return key.startsWith(PREFIX) ? Long.parseLong(key.substring(PREFIX.length()), 16) : 0;
    }

    /** The key that is appended to now, together with the data. */
    synchronized String key() {
        stretch();
        return current;
    }

    /** The number of the stretch of time that this is in; those before the one before it are forgotten. */
    synchronized long stretch() {
        if (current == null || now() > newest) begin(Math.max(newest, now()));
        return newest;
    }

    private void begin(long stretch) {
        newest = stretch;
        // Of one length, so that their order is that of time.
        String key = PREFIX + String.format("%016x", stretch);
        store.putIfAbsent(key, TokenRecord.head());
        current = key;
        List<String> old = new ArrayList<>();
        for (String each : keys()) if (stretch(each) < stretch - 1) old.add(each);
        if (!old.isEmpty()) store.delete(old);
    }

    /** Takes all of them away. */
    synchronized void clear() {
        store.delete(keys());
        current = null;
    }
}
