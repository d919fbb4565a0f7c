package io.partd.flight.server.access;

import io.netty.buffer.ByteBufAllocator;
import io.netty.handler.ssl.ApplicationProtocolNegotiator;
import io.netty.handler.ssl.SslContext;
import java.util.List;
import java.util.function.Supplier;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLSessionContext;

/** TLS whose certificates can be replaced: connections that are made from then on use the new ones. */
final class ReloadedTls extends SslContext {
    private final Supplier<SslContext> reader;
    private volatile SslContext current;

    /** @param reader makes a context of the files as they are */
    ReloadedTls(Supplier<SslContext> reader) {
        this.reader = reader;
    }

    /** Reads the files; where that fails, what was read before stays. */
    void read() {
        current = reader.get();
    }

    @Override
    public boolean isClient() {
        return current.isClient();
    }

    @Override
    public List<String> cipherSuites() {
        return current.cipherSuites();
    }

    /** Deprecated, and abstract: every context has to have it. */
    @Override
    @SuppressWarnings("deprecation")
    public ApplicationProtocolNegotiator applicationProtocolNegotiator() {
        return current.applicationProtocolNegotiator();
    }

    @Override
    public SSLEngine newEngine(ByteBufAllocator allocator) {
        return current.newEngine(allocator);
    }

    @Override
    public SSLEngine newEngine(ByteBufAllocator allocator, String peer, int port) {
        return current.newEngine(allocator, peer, port);
    }

    @Override
    public SSLSessionContext sessionContext() {
        return current.sessionContext();
    }
}
