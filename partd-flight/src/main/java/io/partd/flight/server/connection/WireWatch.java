package io.partd.flight.server.connection;

import io.grpc.Context;
import io.grpc.Metadata;
import io.grpc.ServerStreamTracer;
import io.grpc.Status;
import io.netty.buffer.ByteBuf;

/**
 * What comes of a call's messages, seen before gRPC looks at it: how long each is, once that much of it is there, and
 * how much lies with the transport because nobody has asked for it.
 */
public final class WireWatch extends ServerStreamTracer {
    private static final Context.Key<WireWatch> KEY = Context.key("partd-wire");
    /** Below this a frame costs more than the bytes that it has. */
    private static final int SMALL = 256;

    private final Connection connection;
    private final MessageLengths lengths = new MessageLengths();
    private Listener listener;
    private boolean expected;
    /** The rest is the transport's thread's. */
    private long waiting;

    private int smallFrames;
    private boolean closed;

    /** Who is told of a call's messages. */
    public interface Listener {
        /** The message that was expected has this many bytes: the first of them are there. */
        void announced(long bytes);

        /** More bytes came. */
        void arrived();

        /** The client has sent more, without being asked, than there is room for. */
        void flooded();
    }

    /** Makes one for each call. */
    public static final class Factory extends ServerStreamTracer.Factory {
        @Override
        public ServerStreamTracer newServerStreamTracer(String fullMethodName, Metadata headers) {
            return Connection.current().begin(new WireWatch(Connection.current()));
        }
    }

    private WireWatch(Connection connection) {
        this.connection = connection;
    }

    @Override
    public Context filterContext(Context context) {
        return context.withValue(KEY, this);
    }

    /** That of the call that begins in this thread. */
    public static WireWatch current() {
        return KEY.get();
    }

    public Connection connection() {
        return connection;
    }

    public synchronized void listen(Listener told) {
        listener = told;
    }

    /** Tells the listener how long the next message is, when that is known: maybe before this returns. */
    public void expect() {
        Listener told;
        long length;
        synchronized (this) {
            expected = !lengths.hasNext();
            if (expected) return;
            length = lengths.next();
            told = listener;
        }
        told.announced(length);
    }

    /** Bytes of the call, before gRPC has them; in the transport's thread, as all that follows. */
    void arrive(ByteBuf data) {
        if (closed || !data.isReadable()) return;
        count(data.readableBytes());
        if (data.readableBytes() < SMALL) {
            smallFrames++;
            connection.addSmallFrames(1);
        }
        Listener told;
        long announced = -1;
        synchronized (this) {
            lengths.read(data);
            told = listener;
            if (expected && lengths.hasNext()) {
                expected = false;
                announced = lengths.next();
            }
        }
        if (told == null) return;
        told.arrived();
        if (announced >= 0) told.announced(announced);
        if (connection.isFlooding()) told.flooded();
    }

    private void count(long bytes) {
        waiting += bytes;
        connection.add(bytes);
    }

    @Override
    public void inboundMessage(int number) {
        count(-Math.min(waiting, MessageLengths.PREFIX));
    }

    @Override
    public void inboundWireSize(long bytes) {
        count(-Math.min(waiting, bytes));
    }

    @Override
    public void inboundMessageRead(int number, long wireSize, long size) {
        forgetSmallFrames();
    }

    private void forgetSmallFrames() {
        connection.addSmallFrames(-smallFrames);
        smallFrames = 0;
    }

    @Override
    public void streamClosed(Status status) {
        closed = true;
        count(-waiting);
        forgetSmallFrames();
    }
}
