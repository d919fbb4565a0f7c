package io.partd.spark.rows;

import org.apache.arrow.vector.complex.MapVector;
import org.apache.spark.sql.catalyst.expressions.SpecializedGetters;
import org.apache.spark.sql.catalyst.util.ArrayData;
import org.apache.spark.sql.catalyst.util.MapData;

/** Maps, which are lists of entries. */
final class MapWriter extends ListWriter {
    private final StructWriter entries;

    MapWriter(MapVector vector, StructWriter entries) {
        super(vector, entries);
        this.entries = entries;
    }

    @Override
    int writeElements(SpecializedGetters from, int at) {
        MapData map = from.getMap(at);
        int n = map.numElements();
        ArrayData keys = map.keyArray();
        ArrayData values = map.valueArray();
        for (int i = 0; i < n; i++) entries.writeEntry(keys, values, i);
        return n;
    }
}
