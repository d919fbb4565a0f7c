package io.partd.benchmarks.peers;

import java.nio.file.Path;
import java.util.List;
import tech.tablesaw.api.Table;
import tech.tablesaw.io.csv.CsvReadOptions;

/** What one would do with Tablesaw alone. */
public enum TablesawPeer {
    /** All tables become one, in memory. */
    APPEND("Table.append") {
        @Override
        public long run(List<Table> tables, int count, Path directory) {
            Table all = tables.get(0).emptyCopy();
            for (int i = 0; i < count; i++) all.append(tables.get(i % tables.size()));
            return all.rowCount();
        }
    },
    /** Each table is written to a file. */
    CSV_WRITE("CSV write") {
        @Override
        public long run(List<Table> tables, int count, Path directory) {
            long rows = 0;
            for (int i = 0; i < count; i++) {
                Table table = tables.get(i % tables.size());
                table.write().csv(file(directory, i));
                rows += table.rowCount();
            }
            return rows;
        }
    },
    /** The files are read, by readers that know the columns' types. */
    CSV_READ("CSV read") {
        @Override
        public long run(List<Table> tables, int count, Path directory) {
            long rows = 0;
            for (int i = 0; i < count; i++) {
                CsvReadOptions options = CsvReadOptions.builder(file(directory, i))
                        .columnTypes(tables.get(0).typeArray())
                        .build();
                rows += Table.read().csv(options).rowCount();
            }
            return rows;
        }
    };

    private final String label;

    TablesawPeer(String label) {
        this.label = label;
    }

    public abstract long run(List<Table> tables, int count, Path directory);

    private static String file(Path directory, int number) {
        return directory.resolve(number + ".csv").toString();
    }

    @Override
    public String toString() {
        return label;
    }
}
