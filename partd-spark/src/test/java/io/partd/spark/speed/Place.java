package io.partd.spark.speed;

import io.partd.hadoop.HadoopPartd;
import io.partd.hadoop.Snapshot;
import io.partd.spark.layout.Layout;
import java.io.IOException;
import java.util.Locale;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.LocatedFileStatus;
import org.apache.hadoop.fs.Path;
import org.apache.hadoop.fs.RemoteIterator;
import org.apache.spark.sql.SparkSession;

/**
 * Where a table is stored.
 *
 * @param directory for all tables, on any of Hadoop's file systems
 */
record Place(SparkSession spark, String directory, String name) {
    String path() {
        return directory + "/" + name;
    }

    String table() {
        return name.replaceAll("\\W", "_");
    }

    private Configuration conf() {
        return spark.sparkContext().hadoopConfiguration();
    }

    /** Takes away what is there. */
    void clear() throws IOException {
        spark.sql("DROP TABLE IF EXISTS " + Layout.quoted(table()));
        Path path = new Path(path());
        path.getFileSystem(conf()).delete(path, true);
    }

    /** How much is there, and in how many files; of a store also in how many chunks. */
    String size() throws IOException {
        Path path = new Path(path());
        FileSystem files = path.getFileSystem(conf());
        long bytes = 0;
        int count = 0;
        for (RemoteIterator<LocatedFileStatus> each = files.listFiles(path, false); each.hasNext(); count++) {
            bytes += each.next().getLen();
        }
        return String.format(Locale.ROOT, "%,d MB in %,d files%s", bytes / 1_000_000, count, chunks());
    }

    private String chunks() {
        if (!HadoopPartd.exists(new Path(path()).toUri(), conf())) return "";
        try (HadoopPartd store = HadoopPartd.open(new Path(path()).toUri(), conf())) {
            Snapshot snapshot = store.snapshot();
            long chunks = snapshot.keys().stream().mapToLong(snapshot::chunks).sum();
            return String.format(
                    Locale.ROOT, ", %,d keys of %,d chunks", snapshot.keys().size(), chunks);
        }
    }
}
