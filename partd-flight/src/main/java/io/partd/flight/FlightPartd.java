package io.partd.flight;

import io.partd.Bytes;
import io.partd.Keys;
import io.partd.Partd;
import io.partd.flight.client.RemoteStore;
import io.partd.flight.wire.Address;
import java.io.InputStream;
import java.net.URI;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.SortedSet;
import java.util.concurrent.locks.Lock;
import org.apache.arrow.flight.impl.Flight.FlightInfo;

/**
 * A store that a {@link PartdServer} serves, maybe in another process or on another machine. It goes under every codec
 * and typed layer as any store of bytes does. Safe for several threads, which share one connection.
 *
 * <p>A call whose answer was lost is made again until the options' deadline; an append is made once, however often it
 * was sent, also when the server was killed and started again over a file store. Where it cannot be known whether an
 * append was made, the {@link java.io.UncheckedIOException} says so; every other one says that nothing was appended.
 * {@link #delete} and {@link #drop} are not sent twice. An interrupt does not end an append that was sent.
 *
 * <p>The {@link #lock} is freed at most ten seconds after its holder has vanished. A holder that was away for so long
 * is refused from then on. {@link #close} closes the connection; the store stays open at its server.
 */
public final class FlightPartd implements Partd<Bytes> {
    private final URI uri;
    private final RemoteStore store;

    private FlightPartd(URI uri, RemoteStore store) {
        this.uri = uri;
        this.store = store;
    }

    /** Returns the store that is served at the address, which is connected to when it is first used. */
    public static FlightPartd connect(URI uri) {
        return connect(uri, ClientOptions.defaults());
    }

    /**
     * Returns the store that is served at the address, which is connected to when it is first used.
     *
     * @throws IllegalArgumentException if the address is none, or a token would be sent to another machine without TLS
     */
    public static FlightPartd connect(URI uri, ClientOptions options) {
        Address address = Address.of(uri.toString());
        if (options.token() != null && address.kind() == Address.Kind.TCP && !address.isLocal()) {
            throw new IllegalArgumentException(uri + ": a token is sent to other machines over grpc+tls:// alone");
        }
        return new FlightPartd(uri, RemoteStore.at(uri, address, options));
    }

    @Override
    public Set<String> append(Map<String, ? extends Bytes> values, Map<String, ? extends Bytes> heads) {
        return store.append(checked(values, "values"), checked(heads, "heads"));
    }

    /** A copy of what is appended, its keys checked. */
    private static Map<String, Bytes> checked(Map<String, ? extends Bytes> given, String what) {
        Objects.requireNonNull(given, what + " is null");
        Map<String, Bytes> copy = new LinkedHashMap<>(given);
        checked(copy.keySet());
        copy.forEach((key, value) ->
                Objects.requireNonNull(value, () -> "the value of key \"" + key + "\" in " + what + " is null"));
        return copy;
    }

    private static List<String> checked(Collection<String> keys) {
        List<String> copy = new ArrayList<>(Objects.requireNonNull(keys, "keys is null"));
        copy.forEach(Keys::check);
        return copy;
    }

    @Override
    public List<Bytes> get(Collection<String> keys) {
        return store.get(checked(keys));
    }

    /**
     * Returns the stored bytes of a key as they come, in little memory however many they are; none where there is no
     * such key.
     */
    public InputStream openBytes(String key) {
        checked(List.of(key));
        return store.openBytes(key);
    }

    /**
     * Returns the table under a key, or those of its columns, as an Arrow IPC stream that comes as it is read, in
     * little memory however large it is; without columns where there is no such key.
     */
    public InputStream openTable(String key, String... columns) {
        checked(List.of(key));
        return store.openTable(key, List.of(columns));
    }

    /**
     * What lies under a key.
     *
     * @param rows the rows of its table, or -1 where it holds none
     * @param bytes the size of what is stored
     */
    public record Listed(String key, long rows, long bytes) {}

    /** Returns the keys in order, with what lies under each: the server counts, and nothing of it is sent. */
    public List<Listed> list() {
        return store.list().stream().map(FlightPartd::listed).toList();
    }

    private static Listed listed(FlightInfo flight) {
        return new Listed(flight.getFlightDescriptor().getPath(0), flight.getTotalRecords(), flight.getTotalBytes());
    }

    @Override
    public void delete(Collection<String> keys) {
        store.delete(checked(keys));
    }

    @Override
    public void drop() {
        store.drop();
    }

    @Override
    public long removals() {
        return store.removals();
    }

    @Override
    public SortedSet<String> keys() {
        return store.keys();
    }

    @Override
    public void flush() {
        store.flush();
    }

    @Override
    public Lock lock() {
        return store.lock();
    }

    @Override
    public void close() {
        store.close();
    }

    @Override
    public String toString() {
        return "flight(" + uri + ")";
    }
}
