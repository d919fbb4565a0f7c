package io.partd.flight;

import com.fasterxml.jackson.databind.node.ObjectNode;
import com.google.protobuf.ByteString;
import io.grpc.CallOptions;
import io.grpc.ClientCall;
import io.grpc.ManagedChannel;
import io.grpc.netty.NettyChannelBuilder;
import io.partd.Bytes;
import io.partd.Partd;
import io.partd.Partds;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URI;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.Collection;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Lock;
import java.util.function.Function;
import java.util.function.Supplier;
import org.apache.arrow.flight.impl.Flight.Action;
import org.apache.arrow.flight.impl.Flight.Criteria;
import org.apache.arrow.flight.impl.Flight.FlightInfo;
import org.apache.arrow.flight.impl.Flight.Result;
import org.apache.arrow.flight.impl.Flight.Ticket;
import org.apache.arrow.flight.impl.FlightServiceGrpc;

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
    private static final System.Logger LOG = System.getLogger(FlightPartd.class.getName());
    private static final int WINDOW = 4 << 20;
    /** Checks keys as every store does. */
    private static final Partd<Bytes> RULES = Partds.dict();

    private final URI uri;
    private final Transport transport;
    private final ManagedChannel channel;
    private final Calls calls;
    private final Sequences sequences = new Sequences();
    private final InFlight inFlight = new InFlight();
    private final RemoteLock lock;
    private final RemovalNumbers removals = new RemovalNumbers();

    private FlightPartd(URI uri, Transport transport, ManagedChannel channel, ClientOptions options) {
        this.uri = uri;
        this.transport = transport;
        this.channel = channel;
        this.calls = new Calls(channel, uri.toString(), options);
        this.lock = new RemoteLock(calls, inFlight);
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
        Transport transport = Transport.ofClient(address);
        try {
            return new FlightPartd(uri, transport, channel(transport, address, options), options);
        } catch (RuntimeException | Error e) {
            transport.close();
            throw e;
        }
    }

    private static ManagedChannel channel(Transport transport, Address address, ClientOptions options) {
        NettyChannelBuilder builder = transport
                .channelBuilder()
                .directExecutor()
                .maxInboundMessageSize(Integer.MAX_VALUE)
                .flowControlWindow(WINDOW)
                .keepAliveTime(4, TimeUnit.SECONDS)
                .keepAliveTimeout(4, TimeUnit.SECONDS)
                .disableRetry();
        if (address.kind() == Address.Kind.TLS) builder.sslContext(Tls.client(options));
        else builder.usePlaintext();
        return builder.build();
    }

    /** Makes a call, of which there are only so many at once, but for those of the thread that holds the lock. */
    private <T> T run(Supplier<T> call) {
        if (lock.lease() != null) return inFlight.run(call);
        calls.enter();
        try {
            return inFlight.run(call);
        } finally {
            calls.leave();
        }
    }

    @Override
    public Set<String> append(Map<String, ? extends Bytes> values, Map<String, ? extends Bytes> heads) {
        Map<String, Bytes> valueCopy = checked(values, "values");
        Map<String, Bytes> headCopy = checked(heads, "heads");
        return run(() -> {
            if (valueCopy.isEmpty() && headCopy.isEmpty()) return Set.of();
            long sequence = sequences.begin();
            try {
                return append(valueCopy, headCopy, sequence);
            } finally {
                sequences.end(sequence);
            }
        });
    }

    private Set<String> append(Map<String, Bytes> values, Map<String, Bytes> heads, long sequence) {
        Outcome outcome = Outcome.ofAppend();
        AppendCall.Numbers number =
                new AppendCall.Numbers(sequences.client, sequence, sequences.acknowledged(sequence));
        AppendCall call = new AppendCall(calls, outcome, lock.lease(), values, heads, number);
        BitSet written = calls.retry("the append", call::run, outcome);
        if (written.isEmpty()) return Set.of();
        List<String> names = new ArrayList<>(heads.keySet());
        Set<String> keys = new HashSet<>();
        written.stream().filter(place -> place < names.size()).forEach(place -> keys.add(names.get(place)));
        return keys;
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
        RULES.get(copy);
        return copy;
    }

    @Override
    public List<Bytes> get(Collection<String> keys) {
        List<String> asked = checked(keys);
        return run(() -> asked.isEmpty() ? List.of() : read("reading", deadline -> fetch(asked, deadline)));
    }

    private List<Bytes> fetch(List<String> keys, Deadline deadline) throws CallFailure {
        BytesReceiver receiver = new BytesReceiver(keys.size());
        CallListener<Frame> waiter = new CallListener<>(receiver, deadline);
        ClientCall<Ticket, Frame> call = calls.start(FlightMethods.DO_GET, CallOptions.DEFAULT, lock.lease(), waiter);
        waiter.attach(call);
        call.sendMessage(DoGet.ticket(keys));
        call.halfClose();
        waiter.await();
        return receiver.values();
    }

    /**
     * Returns the stored bytes of a key as they come, in little memory however many they are; none where there is no
     * such key.
     */
    public InputStream openBytes(String key) {
        List<String> asked = checked(List.of(key));
        return open(DoGet.ticket(asked), PulledStream::ofBytes);
    }

    /**
     * Returns the table under a key, or those of its columns, as an Arrow IPC stream that comes as it is read, in
     * little memory however large it is; without columns where there is no such key.
     */
    public InputStream openTable(String key, String... columns) {
        checked(List.of(key));
        ByteString ticket = Descriptors.ticket(new Descriptors.Table(key, List.of(columns)));
        return open(Ticket.newBuilder().setTicket(ticket).build(), PulledStream::ofTable);
    }

    /** Makes a stream of frames. */
    private interface Opener {
        InputStream open(PulledFrames frames, Function<CallFailure, IOException> failed) throws IOException;
    }

    private InputStream open(Ticket ticket, Opener opener) {
        return run(() -> {
            PulledFrames frames = read("reading", deadline -> PulledFrames.open(calls, ticket, deadline));
            try {
                return opener.open(frames, this::cut);
            } catch (IOException e) {
                frames.close();
                throw new UncheckedIOException(e.getMessage(), e);
            }
        });
    }

    private IOException cut(CallFailure failure) {
        RuntimeException thrown = calls.thrown("reading", failure, Outcome.ofRead());
        return thrown.getCause() instanceof IOException cause ? cause : new IOException(thrown.getMessage(), thrown);
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
        return run(() -> {
            List<FlightInfo> flights = read(
                    "listing",
                    deadline -> calls.ask(
                            FlightServiceGrpc.getListFlightsMethod(),
                            Criteria.getDefaultInstance(),
                            CallOptions.DEFAULT,
                            lock.lease(),
                            true,
                            deadline));
            return flights.stream().map(FlightPartd::listed).toList();
        });
    }

    private static Listed listed(FlightInfo flight) {
        return new Listed(flight.getFlightDescriptor().getPath(0), flight.getTotalRecords(), flight.getTotalBytes());
    }

    private <T> T read(String what, Calls.Attempt<T> attempt) {
        return calls.retry(what, attempt, Outcome.ofRead());
    }

    @Override
    public void delete(Collection<String> keys) {
        List<String> asked = checked(keys);
        ObjectNode body = Json.object();
        asked.forEach(body.putArray("keys")::add);
        run(() -> asked.isEmpty() ? List.of() : remove(Actions.Kind.DELETE, Json.bytes(body)));
    }

    @Override
    public void drop() {
        run(() -> remove(Actions.Kind.DROP, Frame.NOTHING));
    }

    private List<Result> remove(Actions.Kind kind, byte[] body) {
        Outcome outcome = Outcome.ofRemoval();
        return calls.retry(
                "the " + kind.type, deadline -> action(kind, body, outcome.options(), false, deadline), outcome);
    }

    private List<Result> action(
            Actions.Kind kind, byte[] body, CallOptions options, boolean interruptible, Deadline deadline)
            throws CallFailure {
        Action action = Action.newBuilder()
                .setType(kind.type)
                .setBody(ByteString.copyFrom(body))
                .build();
        return calls.ask(FlightServiceGrpc.getDoActionMethod(), action, options, lock.lease(), interruptible, deadline);
    }

    private List<Result> readAction(Actions.Kind kind) {
        return read(
                "the action " + kind.type,
                deadline -> action(kind, Frame.NOTHING, CallOptions.DEFAULT, true, deadline));
    }

    @Override
    public long removals() {
        return run(() -> removals.next(() -> {
            List<Result> answer = readAction(Actions.Kind.REMOVALS);
            return Json.read(
                    answer.get(0).getBody().toByteArray(), "the server's answer", Set.of("instance", "removals"));
        }));
    }

    @Override
    public SortedSet<String> keys() {
        return run(() -> {
            SortedSet<String> keys = new TreeSet<>();
            for (Result some : readAction(Actions.Kind.KEYS)) {
                keys.addAll(Json.texts(some.getBody().toByteArray(), "the server's answer"));
            }
            return keys;
        });
    }

    @Override
    public void flush() {
        run(() -> readAction(Actions.Kind.FLUSH));
    }

    @Override
    public Lock lock() {
        return lock;
    }

    @Override
    public void close() {
        lock.abandon();
        if (!inFlight.close()) return;
        try {
            goodbye();
        } finally {
            lock.close();
            channel.shutdownNow();
            awaitEnd();
            transport.close();
        }
    }

    /** Tells the server that nothing is tried again; it finds out by itself where it does not hear it. */
    private void goodbye() {
        if (!sequences.any()) return;
        byte[] body = Json.bytes(Json.object().put("client", sequences.client.toString()));
        try {
            action(Actions.Kind.GOODBYE, body, CallOptions.DEFAULT, false, new Deadline(TimeUnit.SECONDS.toNanos(2)));
        } catch (CallFailure | RuntimeException e) {
            LOG.log(System.Logger.Level.DEBUG, "the server was not told of the end", e);
        }
    }

    private void awaitEnd() {
        try {
            channel.awaitTermination(5, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public String toString() {
        return "flight(" + uri + ")";
    }
}
