package io.partd.log;

import io.partd.CorruptPartdException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Which compacted segments count, and what of other segments does not any more. A store without a manifest file has
 * generation 0, and all of its segments count.
 *
 * @param generation moves by one with each manifest
 * @param dropped the stamp of the last drop: what was created before it does not count, unless it is named; 0 for none
 * @param outputs the names of the compacted segments that count
 * @param replaced up to which position a segment does not count; {@link #WHOLLY} where none of it does, and it may be
 *     deleted
 * @param parts the indexes of segments that were written elsewhere, in order
 * @param lastStamp stamps to come are greater, as they are than those in the segments
 * @param closed whether nothing counts but what is in those indexes
 */
public record Manifest(
        long generation,
        long dropped,
        Set<String> outputs,
        Map<String, Long> replaced,
        List<IndexPart> parts,
        long lastStamp,
        boolean closed) {
    public static final long WHOLLY = Long.MAX_VALUE;
    public static final Manifest NONE = new Manifest(0, 0, Set.of(), Map.of());

    private static final long MAGIC = 0x4e414d4454524150L; // "PARTDMAN"
    private static final int HEADER = 40;
    private static final int ENTRY = 12;

    /** One of a store all of whose segments were written where it lies. */
    public Manifest(long generation, long dropped, Set<String> outputs, Map<String, Long> replaced) {
        this(generation, dropped, outputs, replaced, List.of(), dropped, false);
    }

    /** What a numbered manifest says. */
    public static Manifest of(Generation numbered) {
        return new Manifest(numbered.number(), 0, Set.of(), Map.of(), numbered.parts(), numbered.lastStamp(), true);
    }

    /** The same of a later generation, in which other segments count too, but for those that are replaced. */
    public Manifest opened(long newGeneration, Map<String, Long> newlyReplaced) {
        return new Manifest(newGeneration, dropped, outputs, newlyReplaced, parts, lastStamp, false);
    }

    /** Whether a segment with this header counts at all, if it is not one of an index that is named. */
    boolean counts(String name, SegmentHeader header) {
        if (closed) return false;
        if (header.compacted() && !outputs.contains(name)) return false;
        return startOf(name, header) != WHOLLY;
    }

    /** The position from which on a segment with this header counts. */
    long startOf(String name, SegmentHeader header) {
        Long named = replaced.get(name);
        if (named != null) return named;
        return !header.compacted() && header.created() < dropped ? WHOLLY : 0;
    }

    /** The position from which on a segment counts as far as it is named: it need not be there. */
    public long startOf(String name) {
        return replaced.getOrDefault(name, 0L);
    }

    /** The segments that are named as replaced, all of them. */
    public List<String> wholly() {
        return replaced.keySet().stream()
                .filter(name -> startOf(name) == WHOLLY)
                .toList();
    }

    public static Manifest load(Medium medium) throws IOException {
        Optional<ByteBuffer> latest = medium.latestManifest();
        return latest.isEmpty() ? NONE : decode(latest.get(), medium.describe(SegmentFormat.MANIFEST));
    }

    /** Puts this in force; false where there is one of this generation or a later one. */
    public boolean publish(Medium medium) throws IOException {
        return medium.publish(generation, encode());
    }

    private ByteBuffer encode() {
        int size = HEADER + 4;
        for (String name : outputs) size += ENTRY + name.length();
        for (String name : replaced.keySet()) size += ENTRY + name.length();
        if (!parts.isEmpty()) size += ENTRY;
        for (IndexPart part : parts) size += part.size();
        ByteBuffer dst = SegmentFormat.allocate(size);
        dst.putLong(MAGIC).putLong(SegmentFormat.VERSION).putLong(generation);
        dst.putInt(outputs.size()).putInt(replaced.size()).putLong(dropped);
        for (String name : outputs) write(dst, name, 0);
        replaced.forEach((name, upTo) -> write(dst, name, upTo));
        if (!parts.isEmpty()) {
            dst.putLong(lastStamp).putInt(parts.size());
            for (IndexPart part : parts) part.write(dst);
        }
        dst.putInt(SegmentFormat.crc(dst, 0, dst.position()));
        return dst.flip();
    }

    private static void write(ByteBuffer dst, String name, long upTo) {
        dst.putLong(upTo).putInt(name.length()).put(name.getBytes(StandardCharsets.US_ASCII));
    }

    /**
     * Reads a whole file, of either kind.
     *
     * @throws CorruptPartdException if it is not one
     */
    public static Manifest decode(ByteBuffer src, String file) {
        if (Generation.isOne(src)) return of(Generation.decode(src, file));
        int end = src.limit() - 4;
        if (end < HEADER || src.getLong(0) != MAGIC || src.getInt(end) != SegmentFormat.crc(src, 0, end)) {
            throw new CorruptPartdException(file, 0, "the manifest does not check");
        }
        NewerFormatException.check(src.getLong(8), file);
        src.position(HEADER).limit(end);
        Map<String, Long> outputs = readEntries(src, src.getInt(24), file);
        Map<String, Long> replaced = readEntries(src, src.getInt(28), file);
        long dropped = src.getLong(32);
        if (dropped < 0 || dropped > RecordHeader.MAX_STAMP) {
            throw new CorruptPartdException(file, 32, "a manifest has no stamp " + dropped);
        }
        if (!src.hasRemaining()) return new Manifest(src.getLong(16), dropped, outputs.keySet(), replaced);
        CheckedInput rest = CheckedInput.within(src, file);
        long lastStamp = rest.upTo(RecordHeader.MAX_STAMP);
        int count = rest.count(IndexPart.MIN_SIZE);
        List<IndexPart> parts = new ArrayList<>();
        for (int i = 0; i < count; i++) parts.add(IndexPart.read(rest));
        rest.end();
        return new Manifest(src.getLong(16), dropped, outputs.keySet(), replaced, parts, lastStamp, false);
    }

    private static Map<String, Long> readEntries(ByteBuffer src, int count, String file) {
        Map<String, Long> entries = new LinkedHashMap<>();
        for (int i = 0; i < count; i++) {
            if (src.remaining() < ENTRY) throw new CorruptPartdException(file, src.position(), "an entry is cut off");
            long upTo = src.getLong();
            int length = src.getInt();
            if (length < 0 || length > src.remaining()) {
                throw new CorruptPartdException(file, src.position(), "a name passes the end");
            }
            byte[] name = new byte[length];
            src.get(name);
            entries.put(new String(name, StandardCharsets.US_ASCII), upTo);
        }
        return entries;
    }
}
