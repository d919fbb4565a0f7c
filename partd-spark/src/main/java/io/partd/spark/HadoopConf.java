package io.partd.spark;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.Path;
import org.apache.spark.sql.classic.SparkSession;

/** Hadoop as the session has configured it. */
final class HadoopConf {
    private HadoopConf() {}

    static Configuration ofSession() {
        return SparkSession.getActiveSession()
                .getOrElse(SparkSession::active)
                .sessionState()
                .newHadoopConf();
    }

    /** Where a path leads to: one without a scheme is on the default file system. */
    static URI uri(String path, Configuration conf) {
        try {
            Path named = new Path(path);
            return named.getFileSystem(conf).makeQualified(named).toUri();
        } catch (IOException e) {
            throw new UncheckedIOException("the file system of " + path + " cannot be reached: " + e.getMessage(), e);
        }
    }
}
