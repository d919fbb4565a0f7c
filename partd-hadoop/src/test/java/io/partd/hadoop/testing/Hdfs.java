package io.partd.hadoop.testing;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.UUID;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileUtil;
import org.apache.hadoop.hdfs.MiniDFSCluster;

/** A NameNode and two DataNodes in this JVM, for all test classes: they take seconds to start. */
public enum Hdfs implements FileSystemUnderTest {
    INSTANCE;

    private MiniDFSCluster cluster;

    public synchronized MiniDFSCluster cluster() {
        if (cluster != null) return cluster;
        try {
            Configuration conf = new Configuration();
            Path base = Files.createTempDirectory(Files.createDirectories(Path.of("target")), "hdfs");
            conf.set(MiniDFSCluster.HDFS_MINIDFS_BASEDIR, base.toAbsolutePath().toString());
            conf.set("dfs.client.block.write.replace-datanode-on-failure.policy", "NEVER");
            conf.set("dfs.replication", "2");
            conf.setInt("dfs.client.socket-timeout", 5_000); // a node that was stopped is soon given up
            conf.setInt("dfs.datanode.socket.write.timeout", 10_000);
            cluster = new MiniDFSCluster.Builder(conf).numDataNodes(2).build();
            cluster.waitActive();
            // it ends with the JVM: to shut it down takes seconds
            Runtime.getRuntime().addShutdownHook(new Thread(() -> FileUtil.fullyDelete(base.toFile())));
            return cluster;
        } catch (IOException e) {
            throw new UncheckedIOException("no cluster", e);
        }
    }

    @Override
    public Configuration conf() {
        return cluster().getConfiguration(0);
    }

    @Override
    public URI fresh() {
        return cluster().getURI().resolve("/stores/" + UUID.randomUUID());
    }
}
