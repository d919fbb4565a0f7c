package io.partd.benchmarks.duckdb;

import java.io.IOException;
import java.sql.SQLException;
import java.util.List;

/** What is done with stores on one side and with Parquet files on the other; both give the same text. */
enum Work {
    JOIN_5 {
        @Override
        String partd(StoreSide side) throws IOException {
            return side.eachKey(
                    SIDES, "SELECT count(*) n, " + sums("a", "b", "c", "e", "f", "g") + MOST_DH + JOINED, TOTAL_5);
        }

        @Override
        String duckdb(ParquetSide side) throws SQLException {
            return side.row(SIDES, "SELECT count(*) n, " + sums("a", "b", "c", "e", "f", "g") + MOST_DH + JOINED);
        }
    },
    JOIN_2 {
        @Override
        String partd(StoreSide side) throws IOException {
            String total = "SELECT " + sums("n", "a", "e") + " FROM parts";
            return side.eachKey(SIDES, "SELECT count(*) n, " + sums("a", "e") + JOINED, total);
        }

        @Override
        String duckdb(ParquetSide side) throws SQLException {
            return side.row(SIDES, "SELECT count(*) n, " + sums("a", "e") + JOINED);
        }
    },
    JOIN_INTO {
        @Override
        String partd(StoreSide side) {
            return side.join("left", "right", "k");
        }

        @Override
        String duckdb(ParquetSide side) throws SQLException {
            return side.copy(SIDES, "SELECT *" + JOINED, "");
        }
    },
    GROUP_BY {
        @Override
        String partd(StoreSide side) throws IOException {
            return side.eachKey(SIDES.subList(0, 1), GROUPS, "SELECT " + sums("n", "most", "c") + " FROM parts");
        }

        @Override
        String duckdb(ParquetSide side) throws SQLException {
            return side.row(SIDES.subList(0, 1), GROUPS);
        }
    },
    SORT {
        @Override
        String partd(StoreSide side) {
            return side.sort("numbers", "k");
        }

        @Override
        String duckdb(ParquetSide side) throws SQLException {
            return side.copy(List.of("numbers"), "FROM numbers ORDER BY k", "");
        }
    },
    SORT_RANGES {
        @Override
        String partd(StoreSide side) {
            return side.sort("numbers-range", "k");
        }

        @Override
        String duckdb(ParquetSide side) throws SQLException {
            return SORT.duckdb(side);
        }
    },
    TEXT {
        @Override
        String partd(StoreSide side) throws IOException {
            return side.row("names", byName("names"));
        }

        @Override
        String duckdb(ParquetSide side) throws SQLException {
            return side.row(List.of("names"), byName("names"));
        }
    },
    DICTIONARY {
        @Override
        String partd(StoreSide side) throws IOException {
            return side.row("names-dictionary", byName("\"names-dictionary\""));
        }

        @Override
        String duckdb(ParquetSide side) throws SQLException {
            return TEXT.duckdb(side);
        }
    },
    NUMBERS {
        @Override
        String partd(StoreSide side) throws IOException {
            return side.row("names", BY_NUMBER);
        }

        @Override
        String duckdb(ParquetSide side) throws SQLException {
            return side.row(List.of("names"), BY_NUMBER);
        }
    },
    READ {
        @Override
        String partd(StoreSide side) {
            return side.read("left", "k");
        }

        @Override
        String duckdb(ParquetSide side) throws SQLException {
            String parts = "SELECT *, hash(k) % " + SpeedData.PARTS + " AS part FROM \"left\"";
            return side.copy(List.of("left"), parts, ", PARTITION_BY (part)");
        }
    };

    private static final List<String> SIDES = List.of("left", "right");
    private static final String JOINED = " FROM \"left\" JOIN \"right\" USING (k)";
    private static final String MOST_DH = ", max(d) d, max(h) h";
    private static final String TOTAL_5 = "SELECT " + sums("n", "a", "b", "c", "e", "f", "g") + MOST_DH + " FROM parts";
    private static final String GROUPS = "SELECT count(*) n, CAST(sum(most) AS BIGINT) most, CAST(sum(c) AS BIGINT) c"
            + " FROM (SELECT k, max(a) most, count(*) c FROM \"left\" GROUP BY k)";
    private static final String BY_NUMBER = "SELECT count(*), CAST(sum(g * total % 1000003) AS BIGINT)"
            + " FROM (SELECT g, sum(v) total FROM names GROUP BY g)";

    private static String byName(String table) {
        return "SELECT count(*), min(s), CAST(sum(total % 1000003) AS BIGINT) FROM (SELECT s, sum(v) total FROM "
                + table + " GROUP BY s)";
    }

    private static String sums(String... columns) {
        StringBuilder sums = new StringBuilder();
        for (String column : columns) {
            if (sums.length() > 0) sums.append(", ");
            sums.append("CAST(sum(").append(column).append(") AS BIGINT) ").append(column);
        }
        return sums.toString();
    }

    boolean isShort() {
        return this == TEXT || this == DICTIONARY || this == NUMBERS;
    }

    abstract String partd(StoreSide side) throws IOException;

    abstract String duckdb(ParquetSide side) throws SQLException;
}
