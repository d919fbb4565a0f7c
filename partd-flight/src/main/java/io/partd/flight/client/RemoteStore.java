package io.partd.flight.client;

import com.fasterxml.jackson.databind.node.ObjectNode;
import com.google.protobuf.ByteString;
import io.grpc.CallOptions;
import io.grpc.ClientCall;
import io.grpc.ManagedChannel;
import io.grpc.netty.NettyChannelBuilder;
import io.partd.Bytes;
import io.partd.flight.ClientOptions;
import io.partd.flight.protocol.ActionKind;
import io.partd.flight.protocol.Descriptors;
import io.partd.flight.protocol.Json;
import io.partd.flight.wire.Address;
import io.partd.flight.wire.FlightMethods;
import io.partd.flight.wire.Frame;
import io.partd.flight.wire.Tls;
import io.partd.flight.wire.Transport;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URI;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
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

/** What a client does at a server, call by call; its keys are checked. Safe for several threads. */
public final class RemoteStore {
    private static final System.Logger LOG = System.getLogger("io.partd.flight.FlightPartd");
    private static final int WINDOW = 4 << 20;

    private final Transport transport;
    private final ManagedChannel channel;
    private final Calls calls;
    private final Sequences sequences = new Sequences();
    private final InFlight inFlight = new InFlight();
    private final RemoteLock lock;
    private final RemovalNumbers removals = new RemovalNumbers();

    private RemoteStore(URI uri, Transport transport, ManagedChannel channel, ClientOptions options) {
        this.transport = transport;
        this.channel = channel;
        this.calls = new Calls(channel, uri.toString(), options);
        this.lock = new RemoteLock(calls, inFlight);
    }

    /** The store at the address, which is connected to when it is first used; messages name the URI. */
    public static RemoteStore at(URI uri, Address address, ClientOptions options) {
        Transport transport = Transport.ofClient(address);
        try {
            return new RemoteStore(uri, transport, channel(transport, address, options), options);
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
        if (address.kind() == Address.Kind.TLS)
            builder.sslContext(Tls.client(options.trustedCa(), options.certificate(), options.key()));
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

    /** Appends, and says which heads were written. */
    public Set<String> append(Map<String, Bytes> values, Map<String, Bytes> heads) {
        return run(() -> {
            if (values.isEmpty() && heads.isEmpty()) return Set.of();
            long sequence = sequences.begin();
            try {
                return append(values, heads, sequence);
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

    public List<Bytes> get(List<String> keys) {
        return run(() -> keys.isEmpty() ? List.of() : read("reading", deadline -> fetch(keys, deadline)));
    }

    private List<Bytes> fetch(List<String> keys, Deadline deadline) throws CallFailure {
        BytesReceiver receiver = new BytesReceiver(keys.size());
        CallListener<Frame> waiter = new CallListener<>(receiver, deadline);
        ClientCall<Ticket, Frame> call = calls.start(FlightMethods.DO_GET, CallOptions.DEFAULT, lock.lease(), waiter);
        waiter.attach(call);
        call.sendMessage(Descriptors.bytesTicket(keys));
        call.halfClose();
        waiter.await();
        return receiver.values();
    }

    /** The bytes of a key as they come. */
    public InputStream openBytes(String key) {
        return open(Descriptors.bytesTicket(List.of(key)), PulledStream::ofBytes);
    }

    /** The table under a key, or some columns of it, as an Arrow stream that comes as it is read. */
    public InputStream openTable(String key, List<String> columns) {
        return open(Descriptors.ticket(new Descriptors.Table(key, columns)), PulledStream::ofTable);
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

    /** What the server says of each key. */
    public List<FlightInfo> list() {
        return run(() -> read(
                "listing",
                deadline -> calls.ask(
                        FlightServiceGrpc.getListFlightsMethod(),
                        Criteria.getDefaultInstance(),
                        CallOptions.DEFAULT,
                        lock.lease(),
                        true,
                        deadline)));
    }

    private <T> T read(String what, Calls.Attempt<T> attempt) {
        return calls.retry(what, attempt, Outcome.ofRead());
    }

    public void delete(List<String> keys) {
        ObjectNode body = Json.object();
        keys.forEach(body.putArray("keys")::add);
        run(() -> keys.isEmpty() ? List.of() : remove(ActionKind.DELETE, Json.bytes(body)));
    }

    public void drop() {
        run(() -> remove(ActionKind.DROP, Frame.NOTHING));
    }

    private List<Result> remove(ActionKind kind, byte[] body) {
        Outcome outcome = Outcome.ofRemoval();
        return calls.retry(
                "the " + kind.type, deadline -> action(kind, body, outcome.options(), false, deadline), outcome);
    }

    private List<Result> action(
            ActionKind kind, byte[] body, CallOptions options, boolean interruptible, Deadline deadline)
            throws CallFailure {
        Action action = Action.newBuilder()
                .setType(kind.type)
                .setBody(ByteString.copyFrom(body))
                .build();
        return calls.ask(FlightServiceGrpc.getDoActionMethod(), action, options, lock.lease(), interruptible, deadline);
    }

    private List<Result> readAction(ActionKind kind) {
        return read(
                "the action " + kind.type,
                deadline -> action(kind, Frame.NOTHING, CallOptions.DEFAULT, true, deadline));
    }

    public long removals() {
        return run(() -> removals.next(() -> {
            List<Result> answer = readAction(ActionKind.REMOVALS);
            return Json.read(
                    answer.get(0).getBody().toByteArray(), "the server's answer", Set.of("instance", "removals"));
        }));
    }

    public SortedSet<String> keys() {
        return run(() -> {
            SortedSet<String> keys = new TreeSet<>();
            for (Result some : readAction(ActionKind.KEYS)) {
                keys.addAll(Json.texts(some.getBody().toByteArray(), "the server's answer"));
            }
            return keys;
        });
    }

    public void flush() {
        run(() -> readAction(ActionKind.FLUSH));
    }

    public Lock lock() {
        return lock;
    }

    /** Ends the connection; a second call does nothing. */
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
            action(ActionKind.GOODBYE, body, CallOptions.DEFAULT, false, new Deadline(TimeUnit.SECONDS.toNanos(2)));
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
}
