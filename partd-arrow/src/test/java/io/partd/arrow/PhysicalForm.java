package io.partd.arrow;

import java.util.ArrayList;
import java.util.List;
import org.apache.arrow.vector.FieldVector;
import org.apache.arrow.vector.types.pojo.Field;
import org.apache.arrow.vector.util.TransferPair;

/** How a column gets into its vector. */
enum PhysicalForm {
    /** Nothing but what the values need. */
    TIDY,
    /** Whatever the columnar format allows, the buffers just loaded. */
    LOADED,
    /** A part of a larger vector, cut out by Arrow Java. */
    SLICED;

    static PhysicalForm draw(Field field, Dice dice, boolean emptyDictionaries) {
        if (emptyDictionaries || dice.chance(15)) return TIDY;
        return dice.chance(40) && Slices.keep(field) ? SLICED : LOADED;
    }

    FieldVector make(Field field, List<Object> column, Pools pools, Dice dice, Loader loader) {
        Encoder encoder = new Encoder(dice, pools.entries(), this == TIDY);
        if (this != SLICED) return loader.load(encoder.encode(field, column));
        RandomValues values = new RandomValues(dice, pools.entries());
        int before = dice.below(20);
        List<Object> longer = new ArrayList<>(values.column(field, before));
        longer.addAll(column);
        longer.addAll(values.column(field, dice.below(20)));
        try (FieldVector whole = loader.load(encoder.encode(field, longer))) {
            whole.setValueCount(longer.size());
            return slice(field, whole, before, column.size());
        }
    }

    private static FieldVector slice(Field field, FieldVector whole, int start, int rows) {
        TransferPair pair = whole.getTransferPair(field, whole.getAllocator());
        pair.splitAndTransfer(start, rows);
        return (FieldVector) pair.getTo();
    }
}
