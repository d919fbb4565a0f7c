package io.partd.benchmarks.duckdb;

import java.util.List;

/**
 * A figure: how long DuckDB takes, divided by how long stores take.
 *
 * @param stores the stores that are read, beside the Parquet files of their names
 * @param megabytes of memory, in millions of bytes
 * @param target what the ratio is to be at least; 0 where the store's side only has to work
 */
record Comparison(String name, Work work, List<String> stores, int megabytes, double target) {
    private static final List<String> SIDES = List.of("left", "right");
    private static final List<String> LEFT = List.of("left");
    private static final List<String> NAMES = List.of("names");

    static final List<Comparison> ALL = List.of(
            new Comparison("join-5-256", Work.JOIN_5, SIDES, 256, 1.8),
            new Comparison("join-5-128", Work.JOIN_5, SIDES, 128, 1.8),
            new Comparison("join-5-64", Work.JOIN_5, SIDES, 64, 0),
            new Comparison("join-5-4096", Work.JOIN_5, SIDES, 4096, 1),
            new Comparison("join-2-256", Work.JOIN_2, SIDES, 256, 1.25),
            new Comparison("join-2-128", Work.JOIN_2, SIDES, 128, 1.25),
            new Comparison("join-2-64", Work.JOIN_2, SIDES, 64, 0),
            new Comparison("join-2-4096", Work.JOIN_2, SIDES, 4096, 1),
            new Comparison("join-into-256", Work.JOIN_INTO, SIDES, 256, 1.8),
            new Comparison("join-into-64", Work.JOIN_INTO, SIDES, 64, 0),
            new Comparison("group-256", Work.GROUP_BY, LEFT, 256, 1),
            new Comparison("group-64", Work.GROUP_BY, LEFT, 64, 0),
            new Comparison("sort-512", Work.SORT, List.of("numbers"), 512, 1.3),
            new Comparison("sort-ranges-512", Work.SORT_RANGES, List.of("numbers-range"), 512, 2.5),
            new Comparison("text-1024", Work.TEXT, NAMES, 1024, 1 / 2.2),
            new Comparison("dictionary-1024", Work.DICTIONARY, List.of("names-dictionary"), 1024, 1 / 1.3),
            new Comparison("numbers-1024", Work.NUMBERS, NAMES, 1024, 1 / 0.6),
            new Comparison("read-128", Work.READ, LEFT, 128, 4));

    static Comparison named(String name) {
        return ALL.stream()
                .filter(comparison -> comparison.name.equals(name))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("there is no comparison " + name));
    }

    /**
     * How often a process does it: where nothing is written and the work is short, the start is not what is measured.
     */
    int repeats() {
        return work.isShort() ? 6 : 1;
    }

    long bytes() {
        return megabytes * 1_000_000L;
    }

    boolean isMet(double ratio) {
        return ratio >= target;
    }
}
