package io.partd.arrow.store;

import io.partd.arrow.ipc.TableSchema;
import io.partd.arrow.partition.PartAssignment;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Numbers the keys that a stage holds, and remembers the schema that each begins with. For one thread at a time. */
final class StageKeys {
    static final int UNKNOWN = -1;

    private final Map<String, Integer> numbers = new HashMap<>();
    private final List<String> keys = new ArrayList<>();
    private final List<TableSchema> tables = new ArrayList<>();
    /** For the partitioner whose part numbers always mean the same keys: the key's number by the part's. */
    private String partitioner;

    private int[] byPart = new int[0];

    int count() {
        return keys.size();
    }

    String key(int number) {
        return keys.get(number);
    }

    /** The schema that the key begins with, or null where that was not looked up yet. */
    TableSchema table(int number) {
        return tables.get(number);
    }

    /** The key's number, or -1 where it has none. */
    int number(String key) {
        return numbers.getOrDefault(key, UNKNOWN);
    }

    /** Forgets the schemas; the numbers stay. */
    void forgetTables() {
        Collections.fill(tables, null);
    }

    void setTable(int number, TableSchema table) {
        tables.set(number, table);
    }

    /** The key's number for each row. */
    int[] number(PartAssignment parts, String by) {
        int[] map = parts.numbered ? mapOf(by, parts.count) : filled(new int[parts.count], 0);
        int[] numbered = new int[parts.rows];
        for (int i = 0; i < numbered.length; i++) {
            int part = parts.part[i];
            if (map[part] == UNKNOWN) map[part] = numberOf(parts.key(part));
            numbered[i] = map[part];
        }
        return numbered;
    }

    private int[] mapOf(String by, int count) {
        if (!by.equals(partitioner)) byPart = new int[0];
        partitioner = by;
        if (byPart.length < count) byPart = filled(Arrays.copyOf(byPart, count), byPart.length);
        return byPart;
    }

    private static int[] filled(int[] map, int from) {
        Arrays.fill(map, from, map.length, UNKNOWN);
        return map;
    }

    private int numberOf(String key) {
        Integer known = numbers.putIfAbsent(key, keys.size());
        if (known != null) return known;
        keys.add(key);
        tables.add(null);
        return keys.size() - 1;
    }
}
