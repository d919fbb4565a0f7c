package io.partd.marks;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.function.LongSupplier;
import java.util.function.Supplier;

/** Marks in memory, kept for a day of a clock that nobody can set. Safe for several threads. */
public final class MemoryMarks {
    private final MarkBook book = new MarkBook();
    private final LongSupplier nanoTime;
    private final long start;
    private long swept;
    private String holder;

    /** No marks yet. */
    public MemoryMarks() {
        this(System::nanoTime);
    }

    MemoryMarks(LongSupplier nanoTime) {
        this.nanoTime = nanoTime;
        this.start = nanoTime.getAsLong();
    }

    /** Remembers the marks of an append that wrote these of its heads. */
    public synchronized void add(List<Mark> marks, Collection<String> heads, Set<String> written) {
        for (Mark mark : marks) book.add(mark.with(heads, written).at(now()));
    }

    /**
     * Makes an append, and remembers its marks or that it is in doubt. It gives the heads that it wrote, or null where
     * it appended nothing and has to be made in another way.
     */
    public Set<String> remember(List<Mark> marks, Collection<String> heads, Supplier<Set<String>> append) {
        boolean known = false;
        try {
            Set<String> written = append.get();
            if (written != null && !marks.isEmpty()) add(marks, heads, written);
            known = true;
            return written;
        } catch (IllegalArgumentException e) {
            known = true; // misuse is refused before anything is appended
            throw e;
        } finally {
            if (!known) doubt(marks);
        }
    }

    /** Notes that an append failed, and that it is not known whether it was made. */
    synchronized void doubt(List<Mark> marks) {
        for (Mark mark : marks) book.doubt(mark.at(now()));
    }

    private long now() {
        long now = nanoTime.getAsLong() - start;
        if (now - swept >= MarkBook.LOOK_NANOS) {
            swept = now;
            book.forgetUpTo(now - MarkBook.KEPT_NANOS);
        }
        return now;
    }

    /** What is known of an owner. */
    public synchronized OwnerMarks of(UUID owner) {
        return book.of(owner);
    }

    /** All marks, without stamps: they get those of the record that they are stored in. */
    public synchronized List<Mark> folded() {
        return book.folded(-1).stream().map(mark -> mark.at(0)).toList();
    }

    /** Takes away what {@link #folded} gave, once it is stored. */
    public synchronized void remove(List<Mark> folded) {
        book.remove(folded);
    }

    /** A claim that other users of the same store object see. */
    public synchronized Claim claim(String who) {
        if (holder != null) {
            String message = "the store is served already, by " + holder + ": stop that server first";
            throw new UncheckedIOException(new IOException(message));
        }
        holder = who;
        return new MemoryClaim();
    }

    private synchronized void setHolder(String who) {
        holder = who;
    }

    private final class MemoryClaim implements Claim {
        private boolean closed;

        @Override
        public void heldBy(String who) {
            setHolder(who);
        }

        @Override
        public synchronized void close() {
            if (!closed) setHolder(null);
            closed = true;
        }
    }
}
