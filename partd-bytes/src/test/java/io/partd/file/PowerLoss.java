package io.partd.file;

import io.partd.log.SegmentFormat;
import io.partd.log.SegmentParts;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * What a disk may hold after the power was lost: of each file, pages as they were at the last sync, or at some moment
 * since, or never written; the size, anything in between; names made or deleted since the last sync, with or without.
 */
final class PowerLoss {
    private static final int PAGE = 4096;

    private final Random random;
    /** What each file held at the moments since it was last synced, the synced content first. */
    private final Map<String, List<byte[]>> history = new HashMap<>();

    private final Set<String> syncedNames = new HashSet<>();

    PowerLoss(Random random, SortedMap<String, byte[]> files) {
        this.random = random;
        synced(files);
    }

    /** All files are on the medium as they are now, and so are their names. */
    void synced(SortedMap<String, byte[]> files) {
        history.clear();
        files.forEach((name, content) -> history.put(name, new ArrayList<>(List.of(content))));
        syncedNames.clear();
        syncedNames.addAll(files.keySet());
    }

    /**
     * The names are on the medium, but that some were removed of those that were there before, and the content of those
     * files that are published whole, or by a compaction.
     */
    void namesSynced(Set<String> before, SortedMap<String, byte[]> files) {
        written(files);
        history.keySet().removeIf(name -> !before.contains(name) && !files.containsKey(name));
        files.forEach((name, content) -> {
            if (isWhole(name, content)) history.put(name, new ArrayList<>(List.of(content)));
        });
        syncedNames.clear();
        syncedNames.addAll(files.keySet());
    }

    /** One file and its name are on the medium. */
    void synced(String name, SortedMap<String, byte[]> files) {
        history.put(name, new ArrayList<>(List.of(files.get(name))));
        syncedNames.addAll(files.keySet());
    }

    private static boolean isWhole(String name, byte[] content) {
        if (!name.endsWith(SegmentFormat.SEGMENT)) return !name.equals(ControlFile.FILE);
        if (content.length < SegmentParts.HEADER || content[0] == 0) return false; // lost before
        return SegmentParts.isCompacted(content);
    }

    /** Notes what the files hold now. */
    void written(SortedMap<String, byte[]> files) {
        files.forEach((name, content) -> {
            List<byte[]> moments = history.computeIfAbsent(name, n -> new ArrayList<>(List.of(new byte[0])));
            if (!Arrays.equals(moments.get(moments.size() - 1), content)) moments.add(content);
        });
    }

    /** What is left of the files: {@code now} is what they hold when the power goes. */
    SortedMap<String, byte[]> strike(SortedMap<String, byte[]> now) {
        written(now);
        SortedMap<String, byte[]> left = new TreeMap<>();
        history.forEach((name, moments) -> {
            boolean certain = syncedNames.contains(name) && now.containsKey(name);
            if (certain || random.nextInt(4) > 0) left.put(name, mixture(name, moments));
        });
        left.forEach((name, bytes) -> {
            if (name.endsWith(SegmentFormat.SEGMENT)) startAnew(SegmentParts.wrap(bytes));
        });
        return left;
    }

    /** The files are of another incarnation than their writer said, since the machine was started anew. */
    private static void startAnew(ByteBuffer segment) {
        int trailer = segment.limit() - SegmentParts.FOOTER;
        if (trailer < SegmentParts.HEADER || segment.get(0) == 0) return;
        boolean finished = SegmentParts.indexBytes(segment).isPresent();
        change(segment, 40, 60);
        if (finished) change(segment, trailer + 24, trailer + 68);
    }

    private static void change(ByteBuffer segment, int incarnationAt, int crcAt) {
        segment.putLong(incarnationAt, segment.getLong(incarnationAt) ^ 0x55);
        int start = incarnationAt < SegmentParts.HEADER ? 0 : incarnationAt - 24;
        segment.putInt(crcAt, SegmentFormat.crc(segment, start, crcAt));
    }

    private byte[] mixture(String name, List<byte[]> moments) {
        if (name.equals(ControlFile.FILE)) return control(moments);
        byte[] first = moments.get(0);
        byte[] last = moments.get(moments.size() - 1);
        byte[] mixed = Arrays.copyOf(first, size(moments, first.length, last.length));
        int favourite = random.nextInt(3);
        for (int page = first.length / PAGE * PAGE; page < mixed.length; page += PAGE) {
            byte[] from = switch (random.nextInt(4) == 0 ? random.nextInt(3) : favourite) {
                case 0 -> last;
                case 1 -> first; // and zeros behind
                default -> moments.get(random.nextInt(moments.size()));
            };
            int end = Math.min(Math.min(page + PAGE, mixed.length), from.length);
            for (int at = Math.max(page, first.length); at < end; at++) mixed[at] = from[at];
        }
        return mixed;
    }

    private int size(List<byte[]> moments, int least, int most) {
        return switch (random.nextInt(4)) {
            case 0 -> moments.get(random.nextInt(moments.size())).length;
            case 1 -> least + random.nextInt(most - least + 1);
            default -> most;
        };
    }

    /** A machine that is started anew has another boot id than any control file was written with. */
    private byte[] control(List<byte[]> moments) {
        byte[] control = moments.get(random.nextInt(moments.size())).clone();
        if (random.nextInt(4) == 0 || control.length < ControlFile.SIZE)
            return new byte[random.nextBoolean() ? ControlFile.SIZE : 0];
        for (int at = 16; at < 32; at++) control[at] ^= 0x55;
        return control;
    }
}
