package io.partd.flight.server.once;

import io.partd.Bytes;
import io.partd.flight.protocol.AppendCommand;
import io.partd.flight.protocol.AppendFailure;
import io.partd.marks.Marks;
import io.partd.marks.OwnerMarks;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.BitSet;
import java.util.Set;
import java.util.TreeMap;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;

/**
 * The appends of one client that it may still try again: those that the store remembers, and those under way. Safe for
 * several threads.
 */
final class ClientAppends {
    /** More than any client has under way at once. */
    private static final int MOST = 10_000;

    private final UUID client;
    private final Marks<Bytes> marks;
    private final TreeMap<Long, Append> appends = new TreeMap<>();
    private Set<Long> doubtful = Set.of();
    private long acknowledged = -1;
    private long heard;
    /** Whether the store may know of more than this. */
    private boolean stale = true;

    /** An append that was made or is under way. */
    private record Append(Content content, CompletableFuture<BitSet> result) {
        /** What has become of it, if it came with this content. */
        CompletableFuture<BitSet> result(Content now, long sequence) {
            if (content.equals(now)) return result;
            throw new IllegalArgumentException(
                    "append " + sequence + " came before with other bytes (" + content.length()
                            + ", checksum " + Integer.toHexString(content.checksum()) + ") than now (" + now.length()
                            + ", checksum " + Integer.toHexString(now.checksum()) + "): use a new number");
        }
    }

    ClientAppends(UUID client, Marks<Bytes> marks) {
        this.client = client;
        this.marks = marks;
    }

    /** Notes that the client was heard of at this time. */
    synchronized ClientAppends heardAt(long nanoTime) {
        heard = nanoTime;
        return this;
    }

    /** Whether the client was not heard of since then, and has nothing under way. */
    synchronized boolean isIdleSince(long nanoTime) {
        return heard - nanoTime < 0
                && appends.values().stream().allMatch(append -> append.result().isDone());
    }

    /** The first of the same append: this one, where there was none. */
    synchronized CompletableFuture<BitSet> begin(
            AppendCommand command, Content content, CompletableFuture<BitSet> mine) {
        if (stale) load();
        settle(command.acknowledged());
        long sequence = command.sequence();
        if (sequence <= acknowledged) {
            throw new IllegalStateException(
                    "append " + sequence + " comes late: its client has said that it does not try it again");
        }
        if (doubtful.contains(sequence)) {
            IOException again = new IOException("append " + sequence + " failed before");
            throw new AppendFailure(AppendFailure.Told.UNKNOWN, new UncheckedIOException(again));
        }
        Append first = appends.get(sequence);
        if (first != null) return first.result(content, sequence);
        if (appends.size() >= MOST) {
            throw new IllegalStateException(
                    "the client has acknowledged none of its last " + MOST + " appends: raise \"acknowledged\"");
        }
        appends.put(sequence, new Append(content, mine));
        return mine;
    }

    /** Takes in what the store remembers. */
    private void load() {
        OwnerMarks known = marks.marks(client);
        settle(known.settled());
        known.made().forEach((sequence, mark) -> {
            Content content = new Content(mark.length(), mark.checksum());
            if (sequence > acknowledged) {
                appends.putIfAbsent(sequence, new Append(content, CompletableFuture.completedFuture(mark.written())));
            }
        });
        doubtful = known.doubtful();
        stale = false;
    }

    private void settle(long upTo) {
        if (upTo <= acknowledged) return;
        acknowledged = upTo;
        appends.headMap(upTo, true).clear();
    }

    /** The client tries nothing again. */
    synchronized void end() {
        settle(Long.MAX_VALUE);
    }

    /** An append under way has failed: whoever tries it again has the store asked first. */
    synchronized void failed(long sequence) {
        appends.remove(sequence);
        stale = true;
    }
}
