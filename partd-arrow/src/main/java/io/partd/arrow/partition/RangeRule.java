package io.partd.arrow.partition;

import java.util.List;
import org.apache.arrow.vector.VectorSchemaRoot;
import org.apache.arrow.vector.dictionary.DictionaryProvider;
import org.apache.arrow.vector.types.pojo.ArrowType;

/** Parts by the range that a value lies in. */
public final class RangeRule implements PartitionRule {
    private final String name;
    private final List<Bound> bounds;

    /** Of the last batch: the next one mostly has the same type. */
    private volatile RangeCuts last;

    public RangeRule(String name, List<Bound> bounds) {
        this.name = name;
        this.bounds = bounds;
    }

    @Override
    public PartAssignment assign(VectorSchemaRoot root, DictionaryProvider dictionaries) {
        PartitionColumn column = PartitionColumn.of(root, name, dictionaries);
        int ranges = bounds.size() + 1;
        RangeKernel kernel = new RangeKernel(column, type -> cuts(column, type), ranges);
        int[] parts = column.evaluate(kernel, root.getRowCount());
        int highest = 0;
        for (int part : parts) highest = Math.max(highest, part);
        return PartAssignment.numbered(parts, ranges, highest == ranges);
    }

    private RangeCuts cuts(PartitionColumn column, ArrowType type) {
        RangeCuts cuts = last;
        if (cuts == null || !cuts.type().equals(type)) {
            cuts = RangeCuts.of(column, type, bounds);
            last = cuts;
        }
        return cuts;
    }
}
