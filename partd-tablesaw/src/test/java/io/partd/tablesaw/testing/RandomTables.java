package io.partd.tablesaw.testing;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import tech.tablesaw.api.Table;
import tech.tablesaw.columns.Column;

/** Random tables of any types. */
public final class RandomTables {
    private final Random random;
    private final List<EveryType> types = new ArrayList<>();
    private final List<String> names = new ArrayList<>();

    /** Tables that all have the same columns, of random types. */
    public RandomTables(Random random) {
        this.random = random;
        int columns = 1 + random.nextInt(6);
        for (int i = 0; i < columns; i++) {
            types.add(EveryType.values()[random.nextInt(EveryType.values().length)]);
            names.add("c" + i + types.get(i));
        }
    }

    public Table next(String name) {
        int rows = List.of(0, 1, 63, 64, 65, 300, 1_000).get(random.nextInt(7));
        List<Column<?>> columns = new ArrayList<>();
        for (int i = 0; i < types.size(); i++) columns.add(types.get(i).random(names.get(i), rows, random));
        return Table.create(name, columns);
    }

    public List<String> names() {
        return names;
    }
}
