package io.partd.flight;

import java.util.BitSet;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;

/** The appends of one client that it may still try again. Safe for several threads. */
final class ClientAppends {
    /** More than any client has under way at once. */
    private static final int MOST = 10_000;

    private final TreeMap<Long, CompletableFuture<BitSet>> appends = new TreeMap<>();
    private long acknowledged = -1;
    private long stretch;

    /** Notes that the client was heard of in this stretch of time. */
    synchronized ClientAppends heardIn(long now) {
        stretch = now;
        return this;
    }

    /** Whether the client was heard of then or later. */
    synchronized boolean isHeardSince(long then) {
        return stretch >= then;
    }

    /** An append that was made before the server was started. */
    synchronized void made(TokenRecord record) {
        appends.put(record.sequence(), CompletableFuture.completedFuture(record.written()));
    }

    /** The first of the same append: this one, where there was none. */
    synchronized CompletableFuture<BitSet> begin(AppendCommand command, CompletableFuture<BitSet> mine) {
        acknowledged = Math.max(acknowledged, command.acknowledged());
        appends.headMap(acknowledged, true).clear();
        if (command.sequence() <= acknowledged) {
            throw new IllegalStateException(
                    "append " + command.sequence() + " comes late: its client has said that it does not try it again");
        }
        CompletableFuture<BitSet> first = appends.get(command.sequence());
        if (first != null) return first;
        if (appends.size() >= MOST) {
            throw new IllegalStateException(
                    "the client has acknowledged none of its last " + MOST + " appends: raise \"acknowledged\"");
        }
        appends.put(command.sequence(), mine);
        return mine;
    }
}
