package io.partd.spark.read;

import io.partd.Bytes;
import io.partd.Partd;
import io.partd.arrow.ArrowStream;
import java.util.Iterator;
import java.util.List;
import org.apache.hadoop.conf.Configuration;

/** The streams of a task's keys, one after the other. For one thread. */
final class StoredKeys implements AutoCloseable {
    private final Partd<Bytes> opened;
    private final Iterator<String> keys;
    private final byte[] head;
    private final String store;

    StoredKeys(KeySlice slice, Configuration conf, String store) {
        this.opened = slice.places().open(conf);
        this.keys = slice.keys().iterator();
        this.head = slice.head();
        this.store = store;
    }

    /** The next key that is not empty, or null where there is none left. */
    ArrowStream next() {
        while (keys.hasNext()) {
            String key = keys.next();
            Bytes bytes = opened.get(key);
            if (bytes.size() == 0) continue;
            Bytes whole = head.length == 0 ? bytes : Bytes.concat(List.of(Bytes.of(head), bytes));
            return new ArrowStream(whole, "key \"" + key + "\" of " + store);
        }
        return null;
    }

    @Override
    public void close() {
        opened.close();
    }
}
