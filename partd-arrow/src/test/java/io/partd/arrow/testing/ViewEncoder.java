package io.partd.arrow.testing;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Lays texts and binaries out as views: up to 12 bytes inline, longer ones in one of several data buffers. */
final class ViewEncoder {
    private static final int INLINE = 12;

    private final Dice dice;
    private final boolean tidy;
    private final LittleEndian views = new LittleEndian();
    private final List<LittleEndian> data = new ArrayList<>();
    private final Map<BinaryValue, long[]> places = new HashMap<>();

    ViewEncoder(Dice dice, boolean tidy) {
        this.dice = dice;
        this.tidy = tidy;
        if (tidy) return;
        for (int i = dice.below(4); i > 0; i--) data.add(new LittleEndian().bytes(dice.bytes(dice.below(10))));
    }

    /** Adds a value, or a view of zeros for null. */
    void add(BinaryValue value) {
        byte[] bytes = value == null ? new byte[0] : value.array();
        views.number(bytes.length, 4);
        if (bytes.length <= INLINE) {
            views.bytes(bytes).bytes(new byte[INLINE - bytes.length]);
            return;
        }
        long[] place = dice.chance(50) ? places.computeIfAbsent(value, this::place) : place(value);
        for (int i = 0; i < 4; i++) views.number(bytes[i], 1);
        views.number(place[0], 4).number(place[1], 4);
    }

    private long[] place(BinaryValue value) {
        if (data.isEmpty()) data.add(new LittleEndian());
        int buffer = dice.below(data.size());
        int offset = data.get(buffer).size();
        data.get(buffer).bytes(value.array());
        if (!tidy && dice.chance(20)) data.get(buffer).bytes(dice.bytes(dice.below(10)));
        return new long[] {buffer, offset};
    }

    byte[][] buffers() {
        List<byte[]> all = new ArrayList<>(List.of(views.toBytes()));
        for (LittleEndian buffer : data) all.add(buffer.toBytes());
        return all.toArray(new byte[0][]);
    }
}
