package io.partd.arrow.partition;

import java.util.List;
import org.apache.arrow.vector.VectorSchemaRoot;
import org.apache.arrow.vector.dictionary.DictionaryProvider;

/** Parts by the remainder of a hash. */
public final class HashRule implements PartitionRule {
    /** One part more, for nulls, has to be countable. */
    public static final int MAX_PARTS = 1 << 30;

    private static final int NULL = -1;

    private final int n;
    private final List<String> columns;
    private final Remainder remainder;

    public HashRule(int n, List<String> columns) {
        this.n = n;
        this.columns = columns;
        remainder = new Remainder(n);
    }

    @Override
    public PartAssignment assign(VectorSchemaRoot root, DictionaryProvider dictionaries) {
        int rows = root.getRowCount();
        int[] hashes = columns.size() == 1 ? one(root, dictionaries, rows) : several(root, dictionaries, rows);
        boolean nulls = reduce(hashes);
        return PartAssignment.numbered(hashes, n, nulls);
    }

    private int[] one(VectorSchemaRoot root, DictionaryProvider dictionaries, int rows) {
        PartitionColumn column = PartitionColumn.of(root, columns.get(0), dictionaries);
        return column.evaluate(new HashKernel(column, Integer.MAX_VALUE, NULL), rows);
    }

    private int[] several(VectorSchemaRoot root, DictionaryProvider dictionaries, int rows) {
        int[] hashes = new int[rows];
        for (String name : columns) {
            PartitionColumn column = PartitionColumn.of(root, name, dictionaries);
            int[] more = column.evaluate(new HashKernel(column, -1, 0), rows);
            for (int i = 0; i < rows; i++) hashes[i] = 31 * hashes[i] + more[i];
        }
        for (int i = 0; i < rows; i++) hashes[i] &= Integer.MAX_VALUE;
        return hashes;
    }

    /** Turns hashes into parts; tells whether there was a null, whose hash is negative. */
    private boolean reduce(int[] hashes) {
        int signs = 0;
        if (remainder.isMask()) {
            int mask = n - 1;
            for (int i = 0; i < hashes.length; i++) {
                int h = hashes[i];
                signs |= h;
                hashes[i] = h < 0 ? n : h & mask;
            }
        } else {
            for (int i = 0; i < hashes.length; i++) {
                int h = hashes[i];
                signs |= h;
                hashes[i] = h < 0 ? n : remainder.of(h);
            }
        }
        return signs < 0;
    }
}
