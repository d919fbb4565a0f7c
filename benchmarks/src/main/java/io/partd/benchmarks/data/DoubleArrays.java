package io.partd.benchmarks.data;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;

/** The arrays that are stored: random, one for each of 8 keys in an append. */
public final class DoubleArrays {
    /** The keys, in the order in which an append has them. */
    public static final List<String> KEYS = Sources.keys(TableSizes.ARRAY_KEYS);

    private DoubleArrays() {}

    /** The appends, of which there may be more: then they begin again. */
    public static List<Map<String, double[]>> batches(Sizes sizes) {
        Random random = new Random(4);
        int length = sizes.tables().arrayLength();
        int made = Math.max(1, sizes.sourceBytes() / (KEYS.size() * length * Double.BYTES));
        List<Map<String, double[]>> batches = new ArrayList<>();
        while (batches.size() < made) batches.add(batch(random, length));
        return batches;
    }

    private static Map<String, double[]> batch(Random random, int length) {
        Map<String, double[]> batch = new LinkedHashMap<>();
        for (String key : KEYS) batch.put(key, random.doubles(length).toArray());
        return batch;
    }
}
