package io.partd.cli.store;

import io.partd.Bytes;
import io.partd.Partd;
import io.partd.cli.common.Failure;
import io.partd.text.Suggestions;
import io.partd.text.Text;
import java.io.IOException;
import java.io.InputStream;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.SortedSet;
import org.apache.arrow.memory.BufferAllocator;
import org.apache.arrow.vector.ipc.ArrowReader;
import org.apache.arrow.vector.types.pojo.Schema;

/** A store as commands see it: in a directory, or at a server. */
public interface StoreView extends AutoCloseable {
    /** The tables under keys. */
    interface TableSource {
        Schema schema(String key) throws IOException;

        /** The batches under a key, with dictionaries as they are stored. */
        ArrowReader reader(String key) throws IOException;
    }

    /**
     * Opens the store in a directory, or at an address; {@code changes} says whether it is going to be changed.
     *
     * @throws Failure if there is none
     */
    static StoreView open(String store, Connection connection, boolean changes) throws IOException {
        return Connection.isAddress(store)
                ? new ServerView(connection.connect(store), store)
                : new DirectoryView(Stores.open(connection.requireDirectory(store), changes), store);
    }

    /** The store itself. */
    Partd<Bytes> bytes();

    default SortedSet<String> keys() {
        return bytes().keys();
    }

    /** What lies under each key. */
    List<KeySize> sizes();

    /** What lies under these keys, those of them that are there. */
    List<KeySize> sizes(Set<String> keys);

    /** What is stored under a key, as it is read. */
    InputStream open(String key);

    /** Tables, whose vectors are the allocator's. */
    TableSource tables(BufferAllocator allocator);

    /** @throws Failure if the store lacks one of the keys */
    default void requireKeys(Collection<String> wanted) {
        if (wanted.isEmpty()) return;
        SortedSet<String> keys = keys();
        for (String key : wanted) {
            if (keys.contains(key)) continue;
            throw new Failure(this + " has no key " + Text.quote(key) + Suggestions.hint(key, keys));
        }
    }

    /** Whether an Arrow stream lies under the key, or nothing. */
    default boolean isTable(String key) throws IOException {
        try (InputStream in = open(key)) {
            return Tables.isTable(in.readNBytes(Tables.BEGINNING));
        }
    }

    /** @throws Failure if the key holds something else than an Arrow stream */
    default void requireTable(String key) throws IOException {
        if (isTable(key)) return;
        throw new Failure("key " + Text.quote(key) + " holds bytes that are no Arrow stream: 'partd cat' writes them");
    }

    @Override
    void close();
}
