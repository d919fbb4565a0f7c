package io.partd.testing;

import io.partd.Bytes;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * What writers leave under a key: chunks that say who wrote them and which of his they are. Reading checks that each
 * writer's follow one another without a gap, a repetition or a byte out of place.
 */
public final class Ledger {
    private static final int LARGE = 70_000;

    private final Map<Integer, Range> ranges = new TreeMap<>();

    /** The chunks of one writer: from (inclusive) to (exclusive). */
    record Range(int from, int to) {}

    /** The chunk of a writer: mostly short, now and then longer than a block of a file. */
    public static Bytes chunk(int writer, int sequence) {
        return Bytes.utf8(writer + ":" + sequence + ":" + "x".repeat(padding(writer, sequence)) + ";");
    }

    private static int padding(int writer, int sequence) {
        int hash = (writer * 31 + sequence) * 0x9E3779B1 >>> 16;
        return hash % 40 == 0 ? LARGE + hash % 100 : hash % 300;
    }

    /** Reads all chunks of a value. */
    static Ledger read(Bytes value) {
        Ledger ledger = new Ledger();
        String text = value.toUtf8();
        for (int at = 0; at < text.length(); ) at = ledger.readChunk(text, at);
        return ledger;
    }

    private int readChunk(String text, int start) {
        int first = text.indexOf(':', start);
        int second = text.indexOf(':', first + 1);
        if (first < 0 || second < 0) throw new AssertionError("half a chunk at " + start + " of " + text.length());
        int writer = Integer.parseInt(text, start, first, 10);
        int sequence = Integer.parseInt(text, first + 1, second, 10);
        int end = second + 1 + padding(writer, sequence);
        boolean whole = end < text.length() && text.charAt(end) == ';';
        for (int i = second + 1; whole && i < end; i++) whole = text.charAt(i) == 'x';
        if (!whole) throw new AssertionError("chunk " + writer + ":" + sequence + " is not whole");
        add(writer, new Range(sequence, sequence + 1));
        return end + 1;
    }

    /** Takes in what follows: the same chunks twice, or a gap, are errors. */
    void add(int writer, Range next) {
        ranges.merge(writer, next, (before, after) -> {
            if (before.to == after.from) return new Range(before.from, after.to);
            throw new AssertionError(
                    "writer " + writer + ": " + after + " after " + before + ": lost, twice or out of order");
        });
    }

    void addAll(Ledger next) {
        next.ranges.forEach(this::add);
    }

    /** How many chunks of the writer there are up to the last one, whether or not the first of them are still there. */
    public int end(int writer) {
        return ranges.containsKey(writer) ? ranges.get(writer).to : 0;
    }

    /** Checks that each writer's chunks are there from his first on. */
    Ledger fromTheStart() {
        ranges.forEach((writer, range) -> {
            if (range.from != 0) throw new AssertionError("writer " + writer + ": lost what is before " + range);
        });
        return this;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Ledger ledger && ranges.equals(ledger.ranges);
    }

    @Override
    public int hashCode() {
        return ranges.hashCode();
    }

    /** Like {@code 0:5-17,1:0-9}; {@link #parse} takes it back. */
    @Override
    public String toString() {
        return ranges.entrySet().stream()
                .map(entry -> entry.getKey() + ":" + entry.getValue().from + "-" + entry.getValue().to)
                .collect(Collectors.joining(","));
    }

    static Ledger parse(String text) {
        Ledger ledger = new Ledger();
        if (text.isEmpty()) return ledger;
        for (String part : text.split(",")) {
            String[] numbers = part.split("[:-]");
            ledger.add(
                    Integer.parseInt(numbers[0]),
                    new Range(Integer.parseInt(numbers[1]), Integer.parseInt(numbers[2])));
        }
        return ledger;
    }
}
