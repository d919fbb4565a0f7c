package io.partd.flight.server.connection;

import io.netty.channel.Channel;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketAddress;

/** A connection to a server, from when it is accepted. What has no other word for it is the transport's thread's. */
public final class Connection {
    /** The one whose frame is being looked at in this thread. */
    private static final ThreadLocal<Connection> CURRENT = new ThreadLocal<>();

    /**
     * Frames of a few bytes that wait to become messages: each costs some 200 bytes, of which flow control knows
     * nothing.
     */
    private static final int MOST_SMALL_FRAMES = 4096;

    final Channel channel;
    /** Where it comes from. */
    final SocketAddress address;
    /** The other machine, or null where there is none. */
    final InetAddress peer;

    private final WireBudget wire;
    private final int window;
    private volatile boolean known;
    private long waiting;
    private int smallFrames;
    private WireWatch begun;

    Connection(Channel channel, WireBudget wire, int window) {
        this.channel = channel;
        this.wire = wire;
        this.window = window;
        this.address = channel.remoteAddress();
        this.peer = address instanceof InetSocketAddress network ? network.getAddress() : null;
    }

    static Connection current() {
        return CURRENT.get();
    }

    /** This is the current one until {@link #leave}. */
    void enter() {
        CURRENT.set(this);
    }

    static void leave() {
        CURRENT.remove();
    }

    /** Notes the call that begins now. */
    WireWatch begin(WireWatch call) {
        begun = call;
        return call;
    }

    /** The call that has begun since it was last asked for, or null. */
    WireWatch begun() {
        WireWatch call = begun;
        begun = null;
        return call;
    }

    /** A call was allowed to it. */
    void know() {
        known = true;
    }

    /** Whether a call was ever allowed to it; for all threads. */
    boolean isKnown() {
        return known;
    }

    void add(long bytes) {
        waiting += bytes;
        wire.add(bytes);
    }

    void addSmallFrames(int frames) {
        smallFrames += frames;
    }

    /** Whether it has sent more, without being asked, than its share of what there is room for. */
    boolean isFlooding() {
        return smallFrames > MOST_SMALL_FRAMES || waiting > window && wire.isExceeded();
    }

    /** Whether it comes from this machine. */
    boolean isLocal() {
        return peer == null || peer.isLoopbackAddress();
    }
}
