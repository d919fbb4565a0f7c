package io.partd.arrow.testing;

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
    /** Whatever survives it, and {@code setValueCount} after loading, as {@code VectorLoader} does. */
    SETTLED,
    /** A part of a larger vector, cut out by Arrow Java into a vector made from the field. */
    SLICED,
    /** The same as {@code VectorSchemaRoot.slice} does it, into a vector that forgets parts of its field. */
    CUT;

    static PhysicalForm draw(Field field, Dice dice, boolean emptyDictionaries) {
        if (emptyDictionaries || dice.chance(15)) return TIDY;
        PhysicalForm form = dice.oneOf(List.of(LOADED, LOADED, SETTLED, SLICED, CUT));
        if (form == SLICED && !ArrowJava.slices(field)) return LOADED;
        return form == CUT && !ArrowJava.slicesIntoNewVectors(field) ? LOADED : form;
    }

    FieldVector make(Field field, List<Object> column, Pools pools, Dice dice, Loader loader) {
        Encoder encoder = new Encoder(dice, pools.entries(), style());
        if (this == SLICED || this == CUT)
            return part(field, column, new RandomValues(dice, pools.entries()), encoder, dice, loader);
        FieldVector vector = loader.load(encoder.encode(field, column));
        if (this == SETTLED) vector.setValueCount(column.size());
        return vector;
    }

    private Encoder.Style style() {
        return switch (this) {
            case TIDY -> Encoder.Style.TIDY;
            case LOADED -> Encoder.Style.WILD;
            case SETTLED, SLICED, CUT -> Encoder.Style.SLICEABLE;
        };
    }

    private FieldVector part(
            Field field, List<Object> column, RandomValues values, Encoder encoder, Dice dice, Loader loader) {
        int before = dice.below(20);
        List<Object> longer = new ArrayList<>(values.column(field, before));
        longer.addAll(column);
        longer.addAll(values.column(field, dice.below(20)));
        try (FieldVector whole = loader.load(encoder.encode(field, longer))) {
            whole.setValueCount(longer.size());
            TransferPair pair = this == CUT
                    ? whole.getTransferPair(loader.allocator())
                    : whole.makeTransferPair(field.createVector(loader.allocator()));
            pair.splitAndTransfer(before, column.size());
            return (FieldVector) pair.getTo();
        }
    }
}
